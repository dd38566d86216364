package dev.serai.processors.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.routing.strategy.StrategyFixtures;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers with a list of models may relay; {@code gpt-5} is an alias for a cheap model. */
class PlanRelayTest {
  private static final Candidate CHEAP = new Candidate("cheap", "small");

  private static final Aliases ALIASES = new Aliases();

  private final Providers providers = new Providers();
  private final PlanRelay plan =
      new PlanRelay(
          new ModelResolver(
              ALIASES,
              providers,
              (_, name) -> name,
              StrategyFixtures.strategies(ALIASES, bound -> 0)),
          providers,
          (_, _) -> true);

  PlanRelayTest() {
    for (String name : List.of("openai", "cheap")) {
      providers.add(
          new ProviderProfile(
              name, "openai", Optional.empty(), Optional.empty(), Set.of(), List.of()));
    }
  }

  @Test
  void anAliasOfTheListLeadsToItsTarget() {
    assertThat(planned("gpt-5", "", "gpt-5")).containsExactly(CHEAP);
    assertThat(planned("gpt-5", "", "cheap/*")).containsExactly(CHEAP);
  }

  @ParameterizedTest
  @CsvSource({"gpt-5, openai", "openai/gpt-5, openai", "gpt-5, cheap", "cheap/gpt-5, cheap"})
  void aNameOfTheListAllowsNoModelOfAProviderThatTheClientNames(String model, String provider) {
    for (Operation operation : List.of(Operation.IMAGES, Operation.REALTIME)) {
      assertRefused(new Request(operation, model, Optional.of(provider)), "gpt-5");
    }
  }

  @Test
  void aModelOfANamedProviderNeedsProviderAndModelInTheList() {
    for (String allowed : List.of("openai/gpt-5", "openai/*", "*")) {
      assertThat(planned("gpt-5", "openai", allowed))
          .containsExactly(new Candidate("openai", "gpt-5"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      value = {"none", "openai"},
      nullValues = "none")
  void aCallThatNamesNoModelNeedsAllModelsOfTheProvider(String provider) {
    Request request = new Request(Operation.BATCHES, "", Optional.ofNullable(provider));
    assertRefused(request, "gpt-5", "cheap/*", "openai/gpt-5");
    assertThat(planned(request, "openai/*")).containsExactly(new Candidate("openai", ""));
  }

  private void assertRefused(Request request, String... allowed) {
    assertThatThrownBy(() -> planned(request, allowed))
        .isInstanceOfSatisfying(
            PermissionProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("model_not_allowed"));
  }

  private List<Candidate> planned(String model, String provider, String allowed) {
    Optional<String> named = Optional.of(provider).filter(name -> !name.isEmpty());
    return planned(new Request(Operation.IMAGES, model, named), allowed);
  }

  private List<Candidate> planned(Request request, String... allowed) {
    Exchange exchange = new DefaultExchange(new SimpleCamelContext());
    Call call = new Call("req-1", request, new CallFixtures.Words(), () -> 1);
    call.setCaller(caller(allowed));
    exchange.setProperty(ExchangeProperties.CALL, call);
    plan.process(exchange);
    return Calls.of(exchange).plan().candidates();
  }

  private static Caller caller(String... allowed) {
    AllowList models = new AllowList(List.of(allowed));
    return Caller.of(
        new Identity("acme", "", "", "app", Set.of(), models, AllowList.ALL, Set.of()));
  }

  private record Request(Operation operation, String model, Optional<String> provider)
      implements RelayRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/images/generations";
    }

    @Override
    public HeaderFields headers() {
      return new HeaderFields();
    }

    @Override
    public String dialect() {
      return "openai";
    }

    @Override
    public byte[] bytes() {
      return new byte[0];
    }

    @Override
    public byte[] bytesFor(String name) {
      return bytes();
    }

    @Override
    public boolean streaming() {
      return false;
    }
  }

  /** One alias. */
  private static final class Aliases implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      return name.equals("gpt-5")
          ? Optional.of(new ModelRoute(List.of(new Target(CHEAP, 1)), List.of(), "alias gpt-5"))
          : Optional.empty();
    }

    @Override
    public List<String> aliases() {
      return List.of("gpt-5");
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
