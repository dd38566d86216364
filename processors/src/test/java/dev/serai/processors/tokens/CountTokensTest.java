package dev.serai.processors.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.Candidate;
import dev.serai.core.surface.Surfaces;
import dev.serai.core.surface.TokenCountSurface;
import dev.serai.processors.routing.ModelResolver;
import dev.serai.processors.support.CallFixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class CountTokensTest {
  @Test
  void tokensAreCountedOnlyForModelsThatTheCallerMayCall() {
    assertThat(counted("a/*")).isEqualTo("7");
    assertThat(counted("*")).isEqualTo("7");
    assertThatThrownBy(() -> counted("b/*", "m"))
        .isInstanceOfSatisfying(
            PermissionProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("model_not_allowed"));
  }

  private static final Limit UNLIMITED = (_, _) -> new Admission.Admitted(Hold.NONE);

  private static String counted(String... allowed) {
    Providers providers = new Providers();
    providers.add(
        new ProviderProfile("a", "words", Optional.empty(), Optional.empty(), Set.of(), List.of()));
    CountTokens count =
        new CountTokens(
            new Surfaces(new Counting(), List.of()),
            new CountTokens.Parts(
                new ModelResolver(new NoModels(), providers, bound -> 0), (_, _) -> 7, UNLIMITED),
            _ -> {
              throw new IllegalStateException("no event loop");
            });
    AllowList models = new AllowList(List.of(allowed));
    Exchange exchange = new DefaultExchange(new SimpleCamelContext());
    exchange.setProperty(
        ExchangeProperties.CALLER,
        Caller.of(new Identity("acme", "", "", "app", Set.of(), models, AllowList.ALL, Set.of())));
    byte[] body = "a/m".getBytes(StandardCharsets.UTF_8);
    exchange
        .getMessage()
        .setBody(new InboundRequest("POST", "/count", "", new HeaderFields(), body));
    count.work(exchange);
    Reply.Complete reply = exchange.getMessage().getBody(Reply.Complete.class);
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /** Reads a model's name and writes a number. */
  private static final class Counting extends CallFixtures.Words implements TokenCountSurface {
    @Override
    public byte[] writeTokenCount(long tokens) {
      return Long.toString(tokens).getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Neither aliases nor prices. */
  private static final class NoModels implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      return Optional.empty();
    }

    @Override
    public List<String> aliases() {
      return List.of();
    }

    @Override
    public List<String> modelsOf(String provider) {
      return List.of();
    }

    @Override
    public OptionalLong costNanoUsd(Candidate candidate, Usage usage) {
      return OptionalLong.empty();
    }
  }
}
