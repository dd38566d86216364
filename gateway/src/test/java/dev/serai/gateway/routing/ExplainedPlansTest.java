package dev.serai.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.gateway.routing.Planner.Outcome;
import dev.serai.gateway.routing.RandomRequests.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What explain says of a call is what the call does: over random requests for aliases of every
 * strategy, while providers become slow, fail and are busy, and bandits learn.
 */
class ExplainedPlansTest {
  private static final int CALLS = 10_000;

  /** A bandit's propensity is an integral with an error below this. */
  private static final double INTEGRAL = 0.03;

  /** Strategies by whose choice chance or the order of calls has a part. */
  private static final Set<String> DRAWING = Set.of("priority", "load_balanced", "bandit");

  private static final String SETTINGS =
      """
      providers:
        a: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", api_key: x, region: eu-west-1, priority: 20,
          models: [{name: m, cost_per_input: 0.5, cost_per_output: 1}, {name: n}]}
        b: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", api_key: x, region: us-east,
          models: [{name: m, cost_per_input: 1, cost_per_output: 3, quality: 0.8}]}
        c: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", api_key: x, region: eu,
          models: [{name: m, cost_per_input: 3, cost_per_output: 12, cost_per_cached_input: 0.1, quality: 0.9}]}
        d: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", api_key: x,
          models: [{name: m}]}
      models:
        weighted: {targets: [{model: a/m, weight: 3}, b/m, {model: c/m, weight: 2}], fallbacks: d/m}
        levels: {targets: [{model: b/m, weight: 5}, d/m], fallbacks: [c/m, a/m], strategy: priority}
        turns: {targets: [{model: a/m, weight: 2}, b/m, c/m], fallbacks: d/m, strategy: round_robin}
        cheapest: {targets: [a/m, b/m, c/m, d/m], strategy: cost_aware}
        fastest: {targets: [a/m, b/m, c/m, d/m], strategy: latency}
        loaded: {targets: [a/m, {model: b/m, weight: 2}, c/m], strategy: load_balanced}
        matching: {targets: [a/m, b/m, c/m, d/m], strategy: capability_match}
        smart: {targets: [a/m, b/m, c/m], fallbacks: d/m, strategy: bandit}
        greedy: {targets: [c/m, d/m], strategy: bandit}
        single: {targets: b/m, fallbacks: a/m}
      routing:
        tenants: {frugal: {strategy: cost_aware}, quick: {strategy: latency}}
      """;

  private static final String MODELS =
      """
      models:
        a/m: {input_modalities: [text], capabilities: [structured_output], context_length: 16000}
        b/m: {input_modalities: [text, image], capabilities: [tools]}
        c/m: {input_modalities: [text, image], capabilities: [tools, structured_output], context_length: 200000}
      """;

  @TempDir static Path folder;
  private Planner planner;
  private RandomRequests requests;

  @BeforeEach
  void start() throws IOException {
    Path models = Files.writeString(folder.resolve("models.yaml"), MODELS);
    Path settings = folder.resolve("serai.yaml");
    Files.writeString(settings, SETTINGS);
    Map<String, String> environment =
        Map.of("SERAI_CONFIG", settings.toString(), "SERAI_MODELS", models.toString());
    planner = new Planner(environment, new Random(3));
    requests = new RandomRequests(new Random(5));
  }

  @Test
  void withTheSameChancesExplainHasTheRecordOfTheCall() {
    Map<String, Integer> decided = new HashMap<>();
    int refused = 0;
    for (int i = 0; i < CALLS; i++) {
      Asked asked = requests.next();
      Outcome explained = planner.explained(asked, i);
      Outcome called = planner.called(asked, i);
      assertThat(explained.problem()).as(asked.shown()).isEqualTo(called.problem());
      assertThat(explained.order()).as(asked.shown()).isEqualTo(called.order());
      assertThat(explained.decision()).as(asked.shown()).isEqualTo(called.decision());
      assertConstraints(asked, explained.whole());
      refused += called.problem().isEmpty() ? 0 : 1;
      JsonNode made = called.decision();
      if (made.isObject()) {
        decided.merge(made.path("strategy").asText(), 1, Integer::sum);
        decided.merge(made.path("choice").asText(), 1, Integer::sum);
        decided.merge(made.path("source").asText(), 1, Integer::sum);
      }
    }
    assertThat(refused).isBetween(CALLS / 50, CALLS / 3);
    assertThat(decided)
        .containsKeys(
            "priority",
            "round_robin",
            "cost_aware",
            "capability_match",
            "load_balanced",
            "latency",
            "bandit",
            "preferences",
            "primary",
            "explore",
            "cached",
            "request",
            "tenant",
            "alias",
            "settings");
    assertThat(decided.values()).allMatch(count -> count > 50);
  }

  /** Choices whose propensity is known: how often explain and the call have agreed. */
  private static final class Agreement {
    private int choices;
    private double expected;
    private double variance;
    private int same;

    void add(double propensity, boolean agrees) {
      choices++;
      expected += propensity;
      variance += propensity * (1 - propensity);
      same += agrees ? 1 : 0;
    }
  }

  @Test
  void withOtherChancesTheCallIsAsExplainedAsOftenAsThePropensitySays() {
    Map<String, Agreement> drawn = new HashMap<>();
    Map<Boolean, Integer> exact = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      Asked asked = requests.next();
      Outcome explained = planner.explained(asked, i);
      Outcome called = planner.called(asked, i + CALLS);
      assertThat(new HashSet<>(explained.order()))
          .as(asked.shown())
          .isEqualTo(new HashSet<>(called.order()));
      String strategy = called.decision().path("strategy").asText();
      if (!DRAWING.contains(strategy)) {
        assertThat(explained.order()).as(asked.shown()).isEqualTo(called.order());
        assertThat(explained.decision()).as(asked.shown()).isEqualTo(called.decision());
        exact.merge(called.decision().isObject(), 1, Integer::sum);
        continue;
      }
      boolean agrees = explained.order().getFirst().equals(called.order().getFirst());
      JsonNode likely = explained.decision().path("propensity");
      if (agrees) {
        assertThat(called.decision().path("propensity")).as(asked.shown()).isEqualTo(likely);
      }
      if (likely.isNumber()) {
        assertThat(agrees && !choice(called).equals(choice(explained))).as(asked.shown()).isFalse();
        drawn.computeIfAbsent(strategy, _ -> new Agreement()).add(likely.asDouble(), agrees);
      }
    }
    assertThat(exact.get(true)).as("compared and took turns").isGreaterThan(CALLS / 4);
    assertThat(drawn).containsOnlyKeys("priority", "bandit");
    drawn.forEach(
        (strategy, found) -> {
          double error = strategy.equals("bandit") ? INTEGRAL * found.choices : 0;
          assertThat(found.choices).as(strategy).isGreaterThan(CALLS / 40);
          assertThat(Math.abs(found.same - found.expected))
              .as("%s: %d of %d, not %.0f", strategy, found.same, found.choices, found.expected)
              .isLessThan(4 * Math.sqrt(found.variance) + error);
        });
  }

  private static String choice(Outcome made) {
    return made.decision().path("choice").asText();
  }

  /** What is left out lacks what the request requires, and nothing else that is there lacks it. */
  private static void assertConstraints(Asked asked, JsonNode explained) {
    String body = asked.body();
    boolean vision = body.contains("requires_vision");
    boolean tools = body.contains("requires_functions");
    boolean europe = body.contains("\"region\": \"eu\"");
    boolean cheap = body.contains("max_cost_per_token");
    for (JsonNode one : explained.path("candidates")) {
      String provider = one.path("provider").asText();
      String model = provider + "/" + one.path("model").asText();
      String why = one.path("left_out").asText("");
      boolean misses =
          vision && model.equals("a/m")
              || tools && model.equals("a/m")
              || europe && (provider.equals("b") || provider.equals("d"))
              || cheap && (provider.equals("c") || provider.equals("d"));
      if (misses) {
        assertThat(why).as("%s %s", model, body).isNotEmpty();
      }
      if (why.contains("images") || why.contains("does not have tools")) {
        assertThat(model).isEqualTo("a/m");
        assertThat(vision || tools).as(body).isTrue();
      }
      if (why.contains("its region is not known")) {
        assertThat(provider).isEqualTo("d");
        assertThat(body).contains("region");
      }
      if (why.contains("a token costs")) {
        assertThat(provider).isEqualTo("c");
        assertThat(cheap).isTrue();
      }
    }
  }
}
