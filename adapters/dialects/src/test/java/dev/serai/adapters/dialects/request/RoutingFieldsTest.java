package dev.serai.adapters.dialects.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.routing.QualityTarget;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.routing.RoutingCriteria.Preferred;
import dev.serai.core.routing.RoutingCriteria.Required;
import dev.serai.core.routing.Strategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingFieldsTest {
  private static final String ALL =
      """
      {"routing": {"strategy": "Cost-Aware", "requires_vision": true, "requires_functions": true,
        "requires_streaming": true, "min_context_length": 100000, "max_cost_per_token": 0.00001,
        "max_latency_ms": 800, "prefer_cheap": true, "prefer_fast": false, "prefer_reliable": true,
        "task_complexity": 8}}
      """;

  @Test
  void everyFieldIsRead() {
    RoutingCriteria expected =
        new RoutingCriteria(
            new Required(true, true, true, 100_000, OptionalLong.of(10_000), OptionalLong.of(800)),
            new Preferred(Optional.of(Strategy.COST_AWARE), true, false, true, OptionalInt.of(8)));
    assertThat(routing("{\"model\": \"m\", \"serai\": " + ALL + "}")).isEqualTo(expected);
    assertThat(routing("{\"metadata\": {\"a\": \"b\", \"serai\": " + ALL + "}}"))
        .isEqualTo(expected);
  }

  @Test
  void aQualityTargetIsRead() {
    String target =
        "{\"serai\": {\"routing\": {\"quality_target\": \"standard\", \"max_cost_usd\": 0.02,"
            + " \"latency_slo_ms\": 1500}}}";
    assertThat(routing(target).target())
        .isEqualTo(
            new QualityTarget(
                Optional.of(QualityTarget.Level.BALANCED),
                OptionalLong.of(20_000_000),
                true,
                Optional.of(Duration.ofMillis(1_500))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"'eu'|eu", "['eu-west-1', 'us']|eu-west-1 us"})
  void aRegionOrSeveralAreRead(String json, String regions) {
    String text = "{'serai': {'routing': {'region': " + json + "}}}";
    assertThat(routing(text.replace('\'', '"')).required().regions())
        .containsExactlyInAnyOrder(regions.split(" "));
  }

  @Test
  void aTextInMetadataIsReadAsJson() {
    assertThat(
            routing(
                    "{\"metadata\": {\"serai\": \"{\\\"routing\\\": {\\\"prefer_fast\\\":"
                        + " true}}\"}}")
                .preferred()
                .fast())
        .isTrue();
  }

  @Test
  void theMemberAtTheTopGoesBeforeThatOfTheMetadata() {
    String text =
        "{\"metadata\": {\"serai\": {\"routing\": {\"task_complexity\": 1}}},"
            + " \"serai\": {\"routing\": {\"task_complexity\": 2}}}";
    assertThat(routing(text).preferred().complexity()).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"serai\": {}}",
        "{\"serai\": null}",
        "{\"metadata\": {\"serai\": null}}",
        "{\"serai\": {\"routing\": null}}"
      })
  void whoSaysNothingAsksForNothing(String text) {
    assertThat(routing(text)).isSameAs(RoutingCriteria.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'serai': {'a': 1}, 'model': 'm'} | {'model': 'm'}",
        "{'model': 'm', 'serai': {'a': 1}} | {'model': 'm'}",
        "{'model': 'm', 'serai': 1, 'top_p': 1} | {'model': 'm', 'top_p': 1}",
        "{'metadata': {'serai': 1, 'a': 'b'}, 'serai': 2} | {'metadata': {'a': 'b'}}",
        "{'serai': 2, 'metadata': {'a': 'b', 'serai': 1}} | {'metadata': {'a': 'b'}}",
        "{'metadata': {'serai': 1}} | {'metadata': {}}",
        "{'serai': 1} | {}",
        "{'metadata': {'a': {'serai': 1}}} | {'metadata': {'a': {'serai': 1}}}",
      })
  void theMemberIsNotOneOfTheRequest(String text, String left) {
    JsonMembers members = JsonMembers.ofRequest(bytes(text.replace('\'', '"')));
    assertThat(new String(members.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(left.replace('\'', '"'));
    assertThat(members.find("serai")).isNegative();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|serai",
        "7|serai",
        "{'cash': 1}|serai.cash",
        "{'routing': []}|serai.routing",
        "{'routing': {'prefer_cheep': true}}|serai.routing.prefer_cheep",
        "{'routing': {'strategy': 'cheap'}}|serai.routing.strategy",
        "{'routing': {'strategy': 1}}|serai.routing.strategy",
        "{'routing': {'requires_vision': 'yes'}}|serai.routing.requires_vision",
        "{'routing': {'min_context_length': 0}}|serai.routing.min_context_length",
        "{'routing': {'min_context_length': 1.5}}|serai.routing.min_context_length",
        "{'routing': {'max_cost_per_token': -1}}|serai.routing.max_cost_per_token",
        "{'routing': {'max_cost_per_token': 1e9}}|serai.routing.max_cost_per_token",
        "{'routing': {'max_latency_ms': true}}|serai.routing.max_latency_ms",
        "{'routing': {'task_complexity': 11}}|serai.routing.task_complexity",
        "{'routing': {'region': 'EU'}}|serai.routing.region",
        "{'routing': {'region': []}}|serai.routing.region",
        "{'routing': {'region': ['eu', 1]}}|serai.routing.region",
        "{'routing': {'region': {}}}|serai.routing.region",
        "{'routing': {'quality_target': 'best'}}|serai.routing.quality_target",
        "{'routing': {'quality_target': 1}}|serai.routing.quality_target",
        "{'routing': {'max_cost_usd': -1}}|serai.routing.max_cost_usd",
        "{'routing': {'max_cost_usd': 'cheap'}}|serai.routing.max_cost_usd",
        "{'routing': {'latency_slo_ms': 99}}|serai.routing.latency_slo_ms",
        "{'routing': {'latency_slo_ms': 600001}}|serai.routing.latency_slo_ms",
      })
  void whatIsMalformedOrUnknownIsRefusedByName(String own, String param) {
    assertThatThrownBy(() -> routing("{\"serai\": " + own.replace('\'', '"') + "}"))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.param()).contains(param);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'strategy': 'latency'}|'serai.strategy' is not known. It belongs in 'serai.routing'.",
        "{'memory': 1}|'serai.memory' is not known. Known in 'serai' are cache, routing.",
        "{'rooting': {}}|'serai.rooting' is not known. Did you mean 'routing'? Known in 'serai' are"
            + " cache, routing.",
      },
      quoteCharacter = '`')
  void anUnknownNameIsRefusedWithTheKnownOnes(String own, String message) {
    assertThatThrownBy(() -> routing("{\"serai\": " + own.replace('\'', '"') + "}"))
        .hasMessage(message);
    assertThatThrownBy(() -> routing("{\"serai\": {\"routing\": {\"max_latency\": 800}}}"))
        .hasMessageStartingWith(
            "'serai.routing.max_latency' is not known. Did you mean 'max_latency_ms'? Known in")
        .hasMessageContaining(
            "max_cost_per_token, max_cost_usd, max_latency_ms, min_context_length");
    assertThatThrownBy(() -> routing("{\"serai\": {\"routing\": {\"max_cost\": 1}}}"))
        .hasMessageContaining("Did you mean 'max_cost_usd'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'serai': 'latency'} | serai | {'routing': {'strategy': 'latency'}}",
        "{'serai': ['latency']} | serai | {'routing': {'strategy': 'latency'}}",
        "{'metadata': {'serai': 'latency'}} | metadata.serai | {'routing': {'strategy':"
            + " 'latency'}}",
        "{'metadata': {'serai': true}} | metadata.serai | {'routing': {'strategy': 'latency'}}",
        "{'metadata': {'serai': ''}} | metadata.serai | {'routing': {'strategy': 'latency'}}",
        "{'serai': {'routing': 'latency'}} | serai.routing | {'strategy': 'latency'}",
        "{'metadata': {'serai': {'routing': 'latency'}}} | metadata.serai.routing | {'strategy':"
            + " 'latency'}",
      })
  void aValueOtherThanAnObjectIsRefusedWithAnExample(String request, String param, String example) {
    assertThatThrownBy(() -> routing(request.replace('\'', '"')))
        .hasMessage(
            "Invalid type for '"
                + param
                + "': expected an object such as "
                + example.replace('\'', '"')
                + ".")
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.param()).contains(param));
  }

  @Test
  void whatIsWrongInMetadataIsNamedThere() {
    assertThatThrownBy(
            () -> routing("{\"metadata\": {\"serai\": {\"routing\": {\"prefer_fast\": 1}}}}"))
        .hasMessage("'metadata.serai.routing.prefer_fast' must be true or false.");
    assertThatThrownBy(() -> routing("{\"metadata\": {\"serai\": {\"strategy\": \"latency\"}}}"))
        .hasMessage(
            "'metadata.serai.strategy' is not known. It belongs in 'metadata.serai.routing'.");
    assertThatThrownBy(() -> routing("{\"metadata\": {\"serai\": \"{\\\"routing\\\": \"}}"))
        .hasMessageStartingWith("Invalid 'metadata.serai': ");
  }

  @Test
  void aMisspeltNameIsRefusedWithTheOneThatWasMeant() {
    for (String place : List.of("{'serai': %s}", "{'metadata': {'serai': %s}}")) {
      String own = "{'routing': {'stratgy': 'latency'}}";
      assertThatThrownBy(() -> routing(place.formatted(own).replace('\'', '"')))
          .hasMessageContaining(
              "serai.routing.stratgy' is not known. Did you mean 'strategy'? Known in ");
    }
  }

  @Test
  void aMisspeltNameInMetadataIsRefusedAlsoBesideAMemberAtTheTop() {
    String request =
        "{'serai': {'routing': {'strategy': 'latency'}},"
            + " 'metadata': {'serai': {'routing': {'prefer_cheep': true}}}}";
    assertThatThrownBy(() -> routing(request.replace('\'', '"')))
        .hasMessageStartingWith(
            "'metadata.serai.routing.prefer_cheep' is not known. Did you mean 'prefer_cheap'?");
  }

  @Test
  void aKeyInThePlaceOfANameIsNotShown() {
    String key = "sk-" + "a1B2c3D4e5".repeat(4);
    assertThatThrownBy(() -> routing("{\"serai\": {\"" + key + "\": 1}}"))
        .satisfies(refused -> assertThat(refused.toString()).doesNotContain("B2c3D4"));
  }

  @Test
  void theStrategyOfAnotherGatewayIsAnsweredWithTheOneToUse() {
    assertThatThrownBy(() -> routing("{\"serai\": {\"routing\": {\"strategy\": \"least-busy\"}}}"))
        .hasMessageEndingWith("latency, bandit; for least-busy, use load_balanced.");
  }

  @Test
  void aLargeMemberIsNotParsed() {
    String large = "{\"serai\": {\"routing\": {\"strategy\": [" + "[],".repeat(2_000) + "[]]}}}";
    assertThatThrownBy(() -> routing(large))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.message()).isEqualTo("'serai' must have at most 4096 bytes.");
            });
  }

  private static RoutingCriteria routing(String request) {
    return RoutingFields.of(JsonMembers.ofRequest(bytes(request)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
