package dev.serai.processors.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.Call;
import dev.serai.core.caller.AllowList;
import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.model.ModelCatalogue.RoutePolicy;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.PermissionProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Plan;
import dev.serai.processors.routing.strategy.StrategyFixtures;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class PlanAttemptsTest {
  private final Providers providers = new Providers();
  private final Map<String, ModelCatalogue.ModelRoute> routes = new HashMap<>();
  private int drawn;

  @Test
  void aNamedProviderGetsTheModelUnchanged() {
    up("openai");
    assertThat(plan("openai/ft:gpt/x").candidates())
        .containsExactly(new Candidate("openai", "ft:gpt/x"));
  }

  @Test
  void aModelHasOneNameHoweverTheClientWritesIt() {
    up("gemini");
    assertThat(plan("gemini/models/pro").candidates()).isEqualTo(plan("gemini/pro").candidates());
  }

  @Test
  void aModelHasOneNameHoweverAnAliasWritesIt() {
    up("a");
    up("b");
    routes.put(
        "fast",
        route(
            List.of(new ModelCatalogue.Target(new Candidate("a", "models/m"), 1)),
            List.of(new Candidate("a", "m"), new Candidate("b", "models/m"))));
    assertThat(plan("fast").candidates())
        .containsExactly(new Candidate("a", "m"), new Candidate("b", "m"));
  }

  @Test
  void anUnknownNameIs404AndSaysWhich() {
    up("openai");
    assertThatThrownBy(() -> plan("absent/model"))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(404);
              assertThat(problem.code()).isEqualTo("model_not_found");
              assertThat(problem.message()).contains("absent/model");
              assertThat(problem.param()).contains("model");
            });
  }

  @Test
  void aliasesComeBeforeProvidersAndFallbacksAfterTargets() {
    up("a");
    up("b");
    up("c");
    routes.put("a/x", route(List.of(share("b", 1)), List.of(new Candidate("c", "m"))));
    assertThat(plan("a/x").candidates())
        .containsExactly(new Candidate("b", "m"), new Candidate("c", "m"));
  }

  @Test
  void targetsAreDrawnInProportionToTheirWeights() {
    up("a");
    up("b");
    routes.put("fast", route(List.of(share("a", 3), share("b", 1)), List.of()));
    int first = 0;
    for (drawn = 0; drawn < 4; drawn++) {
      Plan plan = plan("fast");
      assertThat(plan.candidates()).hasSize(2);
      first += plan.candidates().getFirst().provider().equals("a") ? 1 : 0;
    }
    assertThat(first).isEqualTo(3);
  }

  @Test
  void aCallerIsKeptToTheModelsOfItsList() {
    ModelRoute plan = both();
    assertThat(AllowedModels.of(plan, "fast", AllowList.ALL)).isSameAs(plan);
    assertThat(AllowedModels.of(plan, "fast", new AllowList(List.of("fast")))).isSameAs(plan);
    assertThat(AllowedModels.of(plan, "fast", new AllowList(List.of("b/*"))).candidates())
        .containsExactly(new Candidate("b", "m"));
    for (String asked : List.of("fast", "")) {
      assertThatThrownBy(() -> AllowedModels.of(plan, asked, new AllowList(List.of("c/*", "a"))))
          .isInstanceOfSatisfying(
              PermissionProblem.class,
              problem -> assertThat(problem.code()).isEqualTo("model_not_allowed"));
    }
  }

  @Test
  void otherModelsThatARequestNamesAreCheckedToo() {
    ModelRoute plan = both();
    AllowList list = new AllowList(List.of("fast", "b/*", "a/x"));
    assertThat(AllowedModels.withOthers(plan, List.of(), list)).isSameAs(plan);
    assertThat(AllowedModels.withOthers(plan, List.of("x"), list)).isEqualTo(plan);
    assertThat(AllowedModels.withOthers(plan, List.of("x", "y"), list).candidates())
        .containsExactly(new Candidate("b", "m"));
    AllowList alias = new AllowList(List.of("fast", "a/x"));
    assertThatThrownBy(() -> AllowedModels.withOthers(plan, List.of("x", "y"), alias))
        .isInstanceOfSatisfying(
            PermissionProblem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("model_not_allowed");
              assertThat(problem.message()).contains("'a/y'");
            });
  }

  @Test
  void aPlanForACallersListKeepsTheDeadlinesOfTheAlias() {
    DeadlineOverrides deadlines =
        new DeadlineOverrides(
            Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(7)));
    RoutePolicy policy =
        new RoutePolicy(new AttemptRules(deadlines, Failover.DEFAULT), Optional.empty());
    ModelRoute route =
        new ModelRoute(List.of(share("a", 1), share("b", 1)), List.of(), "alias fast", policy);
    ModelRoute left = AllowedModels.of(route, "fast", new AllowList(List.of("b/*")));
    assertThat(left)
        .isEqualTo(new ModelRoute(List.of(share("b", 1)), List.of(), "alias fast", policy));
  }

  @Test
  void aProviderThatIsNotConfiguredIsLeftOut() {
    up("b");
    routes.put("fast", route(List.of(share("a", 1)), List.of(new Candidate("b", "m"))));
    assertThat(plan("fast").candidates()).containsExactly(new Candidate("b", "m"));
  }

  @Test
  void aKnownModelWithoutAnyProviderUpIs404() {
    routes.put("fast", route(List.of(share("a", 1)), List.of()));
    assertThatThrownBy(() -> plan("fast"))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("no configured provider");
  }

  @Test
  void whatLearnsFromAPlanForgetsTheCallThatMovesToAnotherModel() {
    up("a");
    routes.put("cheap", route(List.of(share("a", 1)), List.of()));
    Call call = Calls.of(new CallFixtures().exchangeFor("fast"));
    List<String> log = new ArrayList<>();
    call.lifecycle().holdForPlan(List.of(new Logged(log)));
    call.setPlan(resolver().resolve("cheap", call));
    assertThat(call.plan().candidates()).containsExactly(new Candidate("a", "m"));
    assertThat(call.plannedModel()).isEqualTo("cheap");
    call.end(Call.Outcome.ANSWERED, Optional.empty());
    assertThat(log).containsExactly("released");
  }

  private static final class Logged extends Hold {
    private final List<String> log;

    Logged(List<String> log) {
      this.log = log;
    }

    @Override
    protected void onSettle(Optional<GatewayProblem> problem) {
      log.add("settled");
    }

    @Override
    protected void onRelease() {
      log.add("released");
    }
  }

  private static ModelRoute both() {
    return new ModelRoute(List.of(share("a", 1), share("b", 1)), List.of(), "alias fast");
  }

  private Plan plan(String model) {
    Exchange exchange = new CallFixtures().exchangeFor(model);
    new PlanAttempts(resolver()).process(exchange);
    return Calls.of(exchange).plan();
  }

  private ModelResolver resolver() {
    Catalogue catalogue = new Catalogue();
    return new ModelResolver(
        catalogue,
        providers,
        (_, name) -> name.replace("models/", ""),
        StrategyFixtures.strategies(catalogue, bound -> drawn));
  }

  private void up(String provider) {
    providers.add(
        new ProviderProfile(
            provider, "words", Optional.empty(), Optional.empty(), Set.of(), List.of()));
  }

  private static ModelCatalogue.Target share(String provider, int weight) {
    return new ModelCatalogue.Target(new Candidate(provider, "m"), weight);
  }

  private static ModelCatalogue.ModelRoute route(
      List<ModelCatalogue.Target> targets, List<Candidate> fallbacks) {
    return new ModelCatalogue.ModelRoute(targets, fallbacks, "alias");
  }

  private final class Catalogue implements ModelCatalogue {
    @Override
    public Optional<ModelRoute> find(String name) {
      return Optional.ofNullable(routes.get(name));
    }

    @Override
    public List<String> aliases() {
      return List.copyOf(routes.keySet());
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
