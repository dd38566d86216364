package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.experiment.ChallengerSettings;
import dev.serai.config.experiment.ShadowSettings;
import dev.serai.config.routing.AliasHedgingSettings;
import dev.serai.config.routing.HedgingSettings;
import dev.serai.config.routing.fanout.FanOutSettings;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.routing.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in what decides which model is called. */
class RoutingSettingsTest {
  private static final String STRATEGIES =
      "; the strategy of all models is general.routing_strategy, that of an alias is"
          + " models.NAME.strategy, and that of a tenant is routing.tenants.NAME.strategy";

  @TempDir Path path;

  @Test
  void aStrategyInTheWrongPlaceLeadsToTheRightOnes() {
    Folder folder = new Folder(path);
    folder.yaml(
        """
        routing: {strategy: latency}
        models:
          fast:
            targets: [{model: openai/gpt-4o, strategy: latency}]
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:1: routing.strategy: unknown key; allowed in routing: ask, bandit,"
                + " cache_affinity, challengers, check_whole_responses, failover, feedback,"
                + " hedging, tenants"
                + STRATEGIES,
            "config/serai.yaml:4: models.fast.targets[0].strategy: unknown key; allowed in"
                + " models.fast.targets: model, weight"
                + STRATEGIES);
  }

  @Test
  void challengersHaveAMarginBelowOneAndAVariable() {
    Folder folder = new Folder(path).yaml("routing: {challengers: {margin: 1, hold: 31d}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("hold", "margin must be at least 0 and below 1");
    folder.yaml("routing: {challengers: {margin: 0.1}}\n");
    assertThat(folder.settings(Map.of("ENABLE_CHALLENGER", "0")).routing().challengers())
        .isEqualTo(
            new ChallengerSettings(false, 0.1, Duration.ofHours(1), ShadowSettings.defaults()));
  }

  @Test
  void aFanOutNeedsAnAggregationTwoModelsAndAsManyAsHaveToRespond() {
    Folder folder = new Folder(path);
    folder.yaml("models: {a: {targets: [openai/b, openai/c], fan_out: {width: 2}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains(
            "config/serai.yaml:1: models.a.fan_out: needs aggregate: first_win, consensus,"
                + " weighted_merge, best_by_judge");
    folder.yaml(
        "models: {a: {targets: [openai/b, openai/c], fan_out: {aggregate: best_by_judge}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("models.a.fan_out: needs judge: the model that scores");
    folder.yaml(
        "models: {a: {targets: [openai/b, openai/c], fan_out: {aggregate: consensus, judge:"
            + " openai/d}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("models.a.fan_out: has a judge, which needs aggregate");
    folder.yaml("models: {a: {targets: openai/b, fan_out: {aggregate: consensus}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("models.a.fan_out: needs two models at least");
    folder.yaml(
        "models: {a: {targets: [openai/b, openai/c],"
            + " fan_out: {aggregate: consensus, width: 2, min_responses: 3, deadline: 2h,"
            + " route: 'a b'}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains(
            "min_responses must not be above width, 2",
            "deadline must be from 0s to 1h",
            "route must be the name of a route");
    folder.yaml("models: {a: {targets: [openai/b, openai/c], fan_out: {aggregate: vote}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("must be one of first_win, consensus");
    assertThat(FanOutSettings.defaults().rules(Map.of())).isSameAs(FanOutRules.OFF);
  }

  @Test
  void hedgingNeedsATimeInWhichAResponseIsOfUse() {
    Folder folder = new Folder(path).yaml("routing: {hedging: {learned: true}}\n");
    assertThat(String.join("\n", folder.problems(Map.of()))).contains("learned needs after");
    folder.yaml("models: {a: {targets: openai/b, hedging: {after: 2h}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("config/serai.yaml:1", "after must be from 0s to 1h");
    folder.yaml("models: {a: {targets: openai/b, hedging: {learned: true}}}\n");
    assertThat(String.join("\n", folder.problems(Map.of())))
        .contains("config/serai.yaml:1: models.a.hedging.learned: needs after");
    folder.yaml("routing: {hedging: {budget_percent: 0}}\n");
    assertThat(String.join("\n", folder.problems(Map.of()))).contains("from 1 to 100");
  }

  @Test
  void anAliasReplacesWhatItSetsOfHedging() {
    HedgeRules general = HedgeRules.of(Duration.ofSeconds(1), true, Duration.ofSeconds(9));
    assertThat(AliasHedgingSettings.defaults().over(general)).isEqualTo(general);
    AliasHedgingSettings own =
        new AliasHedgingSettings(
            Optional.of(Duration.ofSeconds(2)), Optional.of(false), Optional.empty());
    assertThat(own.over(general))
        .isEqualTo(HedgeRules.of(Duration.ofSeconds(2), false, Duration.ofSeconds(9)));
    AliasHedgingSettings off =
        new AliasHedgingSettings(
            Optional.of(Duration.ZERO), Optional.empty(), Optional.of(Duration.ZERO));
    assertThat(off.over(general)).isSameAs(HedgeRules.OFF);
    assertThat(HedgingSettings.defaults().rules()).isSameAs(HedgeRules.OFF);
  }

  @Test
  void aStrategyIsWrittenAsInARequest() {
    for (String written : List.of("round-robin", "ROUND_ROBIN", "Round-Robin")) {
      Folder folder = new Folder(path).yaml("general: {routing_strategy: " + written + "}");
      assertThat(folder.settings(Map.of()).general().routingStrategy())
          .isEqualTo(Strategy.ROUND_ROBIN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "least-busy, load_balanced",
    "simple-shuffle, priority",
    "latency-based-routing, latency",
    "usage-based-routing-v2, load_balanced",
    "usage_based_routing, load_balanced",
    "cost-based-routing, cost_aware",
    "loadbalance, load_balanced",
    "weighted_round_robin, round_robin",
    "least_connections, load_balanced",
  })
  void theStrategyOfAnotherGatewayIsAnsweredWithTheOneToUse(String theirs, String ours) {
    Folder folder =
        new Folder(path).yaml("models:\n  a: {targets: openai/x, strategy: " + theirs + "}\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/serai.yaml:2: models.a.strategy: \"" + theirs + "\" was read; must be")
        .endsWith("bandit; for " + theirs.replace('_', '-') + ", use " + ours);
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded, server_error",
    "rate_limited, rate_limit",
    "credentials, access",
    "unreachable, connection",
    "malformed, invalid_response",
    "connect-timeout, connection",
  })
  void theNameOfAFailureInTheLogIsAnsweredWithItsKind(String logged, String kind) {
    Folder folder =
        new Folder(path).yaml("routing:\n  failover: {kinds: [timeout, " + logged + "]}\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .endsWith("content_filter; for " + logged.replace('-', '_') + ", use " + kind);
  }

  @Test
  void anAliasLeadsToNoOtherAlias() {
    Folder folder =
        new Folder(path)
            .yaml(
                """
                models:
                  quick: openai/gpt-5-mini
                  fast: quick
                  safe: {targets: openai/gpt-5, fallbacks: [quick, openai/]}
                """);
    String rule = " was read; model must have the form provider/model";
    String quick = rule + ", as in PROVIDER/quick; it cannot be another alias";
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:3: models.fast: \"quick\"" + quick,
            "config/serai.yaml:4: models.safe.fallbacks[0]: \"quick\"" + quick,
            "config/serai.yaml:4: models.safe.fallbacks[1]: \"openai/\""
                + rule
                + "; it cannot be another alias");
  }

  @Test
  void everyNumberThatABanditCannotUseIsNamedWithItsLine() {
    Folder folder = new Folder(path);
    folder.yaml(
        """
        routing:
          bandit:
            reward:
              success: 0
              quality: 0
              speed: 0
              half_speed: 0s
              high_cost_usd: 0
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:3: routing.bandit.reward: success, quality or speed must be above 0",
            "config/serai.yaml:7: routing.bandit.reward.half_speed: \"0s\" was read; half_speed"
                + " must be above 0s",
            "config/serai.yaml:8: routing.bandit.reward.high_cost_usd: \"0\" was read;"
                + " high_cost_usd must be above 0");
  }

  @Test
  void aQualityIsAShareAndTheModelThatIsAskedHasToExist() {
    Folder folder = new Folder(path);
    folder.yaml(
        """
        providers:
          mine: {kind: openai-compatible, base_url: "http://127.0.0.1:1/v1", models: [{name: m, quality: 2}]}
        routing: {ask: {model: fst, max_prompt_chars: 0}}
        models: {fast: mine/m}
        """);
    assertThat(folder.problems(Map.of()))
        .anySatisfy(
            problem -> assertThat(problem).endsWith("\"2\" was read; must be a number from 0 to 1"))
        .anySatisfy(problem -> assertThat(problem).contains("max_prompt_chars"));
    folder.yaml("models: {fast: ollama/x}\nrouting: {ask: {model: fst}}\n");
    assertThat(folder.settings(Map.of()).warnings())
        .contains(
            "config/serai.yaml:2: routing.ask.model: no alias or known model is named fst; did"
                + " you mean fast?");
  }

  @Test
  void aJudgeThatMayNotExistIsAWarning() {
    Folder folder = new Folder(path);
    folder.yaml("models: {fast: ollama/x}\nrouting: {feedback: {judge: {model: fst}}}\n");
    assertThat(folder.settings(Map.of()).warnings())
        .containsExactly(
            "config/serai.yaml:2: routing.feedback.judge.model: no alias or known model is named"
                + " fst; did you mean fast?");
  }
}
