package dev.serai.gateway.models;

import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.KeyChoice;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.ProviderProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks providers for their models, question by question, at the address that has them. A request
 * goes with the provider's key, or signed where its dialect is. Nobody is asked whose key is named
 * and not there. Thread-safe; waits for nothing itself.
 */
public final class ModelListFetcher implements ModelLists.Fetch {
  private final Map<String, Dialect> dialects;
  private final Map<String, RequestSigner> signers;
  private final ProviderKeys keys;
  private final Sender sender;

  /** The way to a provider. */
  @FunctionalInterface
  public interface Sender {
    /** Sends to an address of a provider; empty if the provider is not there any more. */
    Optional<CompletableFuture<Reply>> send(
        ProviderProfile provider, String baseUrl, ProviderRequest request);
  }

  /**
   * @param dialects by name
   * @param signers by the name of the dialect whose requests go signed when there is no key
   */
  public ModelListFetcher(
      Map<String, Dialect> dialects,
      Map<String, RequestSigner> signers,
      ProviderKeys keys,
      Sender sender) {
    this.dialects = Map.copyOf(dialects);
    this.signers = Map.copyOf(signers);
    this.keys = keys;
    this.sender = sender;
  }

  /** One list that is being fetched. */
  private record Asked(Dialect dialect, Destination destination, Optional<RequestSigner> signer) {
    ProviderProfile provider() {
      return destination.provider();
    }

    String url() {
      return provider().modelsUrl().or(provider()::baseUrl).orElse("");
    }
  }

  @Override
  public Optional<CompletableFuture<List<String>>> apply(ProviderProfile provider) {
    Dialect dialect = dialects.get(provider.dialect());
    if (dialect == null) {
      return Optional.empty();
    }
    Optional<String> key =
        keys.choose(provider.keyName(), "") instanceof KeyChoice.Chosen chosen
            ? Optional.of(chosen.value())
            : Optional.empty();
    Optional<RequestSigner> signer =
        key.isPresent() ? Optional.empty() : Optional.ofNullable(signers.get(provider.dialect()));
    if (key.isEmpty() && signer.isEmpty() && provider.keyName().isPresent()) {
      return Optional.empty();
    }
    Asked asked = new Asked(dialect, new Destination(provider, "", key), signer);
    return dialect.modelQuery(asked.destination()).map(query -> answer(asked, query));
  }

  private CompletableFuture<List<String>> answer(Asked asked, ModelQuery query) {
    ProviderRequest request = query.request();
    CompletableFuture<ProviderRequest> ready =
        asked
            .signer()
            .map(signer -> signer.sign(request, asked.provider(), asked.url()))
            .orElseGet(() -> CompletableFuture.completedFuture(request));
    return ready
        .thenCompose(signed -> send(asked, signed))
        .thenApplyAsync(reply -> query.read(body(asked, reply)))
        .thenCompose(
            outcome ->
                switch (outcome) {
                  case ModelQuery.Outcome.Complete known ->
                      CompletableFuture.completedFuture(known.names());
                  case ModelQuery.Outcome.NextPage further -> answer(asked, further.query());
                });
  }

  private CompletableFuture<Reply> send(Asked asked, ProviderRequest request) {
    return sender
        .send(asked.provider(), asked.url(), request)
        .orElseThrow(() -> new IllegalStateException("the provider is not started any more"));
  }

  /** What the dialect makes of a refusal says whose fault it is; the status says more here. */
  private static byte[] body(Asked asked, Reply reply) {
    if (reply instanceof Reply.Complete whole && whole.status() == 200) {
      return whole.body();
    }
    byte[] said = reply instanceof Reply.Complete whole ? whole.body() : new byte[0];
    ProviderProblem problem =
        asked.dialect().readError(reply.status(), reply.headers(), said, asked.destination());
    throw ProviderProblem.of(problem.provider(), problem.fault(), problem.status())
        .message(
            "The provider '"
                + problem.provider()
                + "' answered "
                + reply.status()
                + " when it was asked for its models.")
        .build();
  }
}
