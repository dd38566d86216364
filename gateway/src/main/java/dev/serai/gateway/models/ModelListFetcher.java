package dev.serai.gateway.models;

import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.RequestSigner;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.key.KeyChoice;
import dev.serai.core.provider.key.ProviderKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Fetches a provider's list of models, page by page. A request carries the provider's key, or is
 * signed if the dialect requires it. The list of a provider whose key is configured but missing is
 * not fetched. Pages are read on virtual threads, not on the event loop. Thread-safe; never blocks.
 */
public final class ModelListFetcher implements ModelLists.Fetch {
  private static final int UNAUTHORIZED = 401;

  /** A thread for each page, which may have megabytes; its failure is that of the fetch. */
  private static final Executor PAGES = page -> Thread.ofVirtual().name("model-list").start(page);

  private final Map<String, Dialect> dialects;
  private final Map<String, RequestSigner> signers;
  private final ProviderKeys keys;
  private final Sender sender;

  /** Sends requests to providers. */
  @FunctionalInterface
  public interface Sender {
    /** Sends to an address of a provider; empty if the provider has been removed. */
    Optional<CompletableFuture<Reply>> send(
        ProviderProfile provider, String baseUrl, ProviderRequest request);
  }

  /**
   * @param dialects by name
   * @param signers by dialect, for requests without a key
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

  /** One list to fetch. */
  private record ListRequest(
      Dialect dialect, Destination destination, Optional<RequestSigner> signer) {
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
    Optional<String> key = key(provider);
    Optional<RequestSigner> signer =
        key.isPresent() ? Optional.empty() : Optional.ofNullable(signers.get(provider.dialect()));
    if (key.isEmpty() && signer.isEmpty() && provider.keyName().isPresent()) {
      return Optional.empty();
    }
    ListRequest list = new ListRequest(dialect, new Destination(provider, "", key), signer);
    return dialect.modelQuery(list.destination()).map(query -> fetch(list, query));
  }

  private Optional<String> key(ProviderProfile provider) {
    return keys.choose(provider.keyName(), "") instanceof KeyChoice.Chosen chosen
        ? Optional.of(chosen.value())
        : Optional.empty();
  }

  private CompletableFuture<List<String>> fetch(ListRequest list, ModelQuery query) {
    ProviderRequest request = query.request();
    CompletableFuture<ProviderRequest> ready =
        list.signer()
            .map(signer -> signer.sign(request, list.provider(), list.url()))
            .orElseGet(() -> CompletableFuture.completedFuture(request));
    return ready
        .thenCompose(signed -> send(list, signed))
        .thenApplyAsync(reply -> query.read(body(list, reply)), PAGES)
        .thenCompose(outcome -> names(list, outcome));
  }

  private CompletableFuture<List<String>> names(ListRequest list, ModelQuery.Outcome outcome) {
    return switch (outcome) {
      case ModelQuery.Outcome.Complete known -> CompletableFuture.completedFuture(known.names());
      case ModelQuery.Outcome.NextPage further -> fetch(list, further.query());
    };
  }

  private CompletableFuture<Reply> send(ListRequest list, ProviderRequest request) {
    return sender
        .send(list.provider(), list.url(), request)
        .orElseThrow(() -> new IllegalStateException("the provider has been removed"))
        .whenComplete(
            (reply, _) -> {
              if (reply != null && reply.status() == UNAUTHORIZED) {
                list.signer().ifPresent(signer -> signer.forget(request.headers()));
              }
            });
  }

  /** Classifies a failure with the dialect. The message has the status, not the provider's text. */
  private static byte[] body(ListRequest list, Reply reply) {
    if (reply instanceof Reply.Complete whole && whole.status() == 200) {
      return whole.body();
    }
    byte[] body = reply instanceof Reply.Complete whole ? whole.body() : new byte[0];
    ProviderProblem problem =
        list.dialect().readError(reply.status(), reply.headers(), body, list.destination());
    throw withoutList(problem, reply.status());
  }

  /** A 403 may concern only the list: AWS has a permission of its own for it. */
  private static ProviderProblem withoutList(ProviderProblem problem, int status) {
    FailureCause cause = status == 403 ? FailureCause.FORBIDDEN : problem.failureCause();
    return ProviderProblem.of(problem.provider(), cause, problem.status())
        .message(
            "The provider '"
                + problem.provider()
                + "' replied with status "
                + status
                + " to the request for its models.")
        .build();
  }
}
