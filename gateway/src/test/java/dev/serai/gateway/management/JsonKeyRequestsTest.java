package dev.serai.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.budget.Budget;
import dev.serai.core.budget.BudgetPeriod;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonKeyRequestsTest {
  private static final Set<String> ALL =
      Set.of(
          "name",
          "role",
          "models",
          "tags",
          "disabled",
          "expires_at",
          "overlap_seconds",
          "limits",
          "limit",
          "limit_reset");

  private static KeyRequest read(String json) {
    return new JsonKeyRequests(() -> Roles.BUILT_IN)
        .read(json.getBytes(StandardCharsets.UTF_8), ALL);
  }

  @Test
  void theLimitOfAKeyIsReadToTheNanoDollarAndNullMeansNone() {
    KeyRequest request = read("{\"limit\": 0.1, \"limit_reset\": \"weekly\"}");
    assertThat(request.spending().limit()).contains(OptionalLong.of(100_000_000));
    assertThat(request.spending().reset()).contains(BudgetPeriod.WEEK);
    assertThat(read("{\"limit\": 9000000000}").spending().limit())
        .contains(OptionalLong.of(Budget.MAX_LIMIT));
    KeyRequest none = read("{\"limit\": null, \"limit_reset\": null}");
    assertThat(none.spending().limit()).contains(OptionalLong.empty());
    assertThat(none.spending().reset()).contains(BudgetPeriod.TOTAL);
    assertThat(read("{}").spending().limit()).isEmpty();
  }

  @Test
  void onlyALimitBeginsAgain() {
    for (String json :
        List.of("{'limit_reset': 'daily'}", "{'limit': null, 'limit_reset': 'daily'}")) {
      KeyRequest request = read(json.replace('\'', '"'));
      assertThatThrownBy(() -> request.create("acme", "k", Instant.EPOCH))
          .hasMessage("'limit_reset' needs a 'limit': without one the key is unlimited.");
    }
    ApiKey limited = read("{\"limit\": 5}").create("acme", "k", Instant.EPOCH);
    ApiKey daily = read("{\"limit_reset\": \"daily\"}").change(limited, Instant.EPOCH);
    assertThat(daily.spending().reset()).isEqualTo(BudgetPeriod.DAY);
    assertThat(
            read("{\"limit\": null, \"limit_reset\": null}")
                .change(daily, Instant.EPOCH)
                .spending())
        .isEqualTo(ApiKey.Spending.ANY);
  }

  @Test
  void everyMemberIsRead() {
    KeyRequest request =
        read(
            """
            {"name": "app", "role": "user", "models": ["fast", "openai/*", "fast"], "tags": [],
             "disabled": true, "expires_at": "2027-01-31T13:00:00+01:00", "overlap_seconds": 60}
            """);
    assertThat(request.name()).contains("app");
    assertThat(request.role()).contains(Role.USER);
    assertThat(request.models()).contains(List.of("fast", "openai/*"));
    assertThat(request.tags()).contains(List.of());
    assertThat(request.disabled()).contains(true);
    assertThat(request.expires().orElseThrow().at())
        .contains(Instant.parse("2027-01-31T12:00:00Z"));
    assertThat(request.overlap().orElseThrow()).hasSeconds(60);
    assertThat(request.tenant()).isEmpty();
  }

  @Test
  void anEmptyBodyGivesNothingAndNullIsNotAnExpiry() {
    assertThat(read("").name()).isEmpty();
    assertThat(read("").expires()).isEmpty();
    assertThat(read("{\"expires_at\": null}").expires().orElseThrow().at())
        .isEqualTo(Optional.empty());
  }

  @Test
  void limitsAreNumbersByTheNameOfTheirWindow() {
    RateLimits limits =
        read("{\"limits\": {\"requests_per_second\": 5, \"burst\": 20, \"tokens_per_day\": 9}}")
            .limits()
            .orElseThrow();
    assertThat(limits.allowances())
        .containsExactly(
            new Allowance(Window.REQUESTS_PER_SECOND, 5, 20),
            new Allowance(Window.TOKENS_PER_DAY, 9));
    assertThat(RateLimits.parse(limits.text())).isEqualTo(limits);
    assertThat(read("{\"limits\": null}").limits()).contains(RateLimits.NONE);
    assertThat(read("{}").limits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"name\": \"a\", \"name\": \"b\"}",
        "{\"limitation\": 5}",
        "{\"name\": \"\"}",
        "{\"name\": \"a b\"}",
        "{\"name\": 5}",
        "{\"role\": \"root\"}",
        "{\"role\": 1}",
        "{\"models\": \"fast\"}",
        "{\"models\": [\"openai/gpt-*-mini\"]}",
        "{\"tools\": [\"*a\"]}",
        "{\"models\": [\"line\\nbreak\"]}",
        "{\"tags\": [1]}",
        "{\"limit\": -1}",
        "{\"limit\": \"5\"}",
        "{\"limit\": 9000000000.1}",
        "{\"limit\": 1e-999999999}",
        "{\"limit\": 1e999999999}",
        "{\"limit_reset\": \"yearly\"}",
        "{\"tags\": [\"a2345678901234567890123456789012345678901234567890123456789012345\"]}",
        "{\"disabled\": \"yes\"}",
        "{\"expires_at\": \"tomorrow\"}",
        "{\"expires_at\": 1}",
        "{\"expires_at\": \"+20000-01-01T00:00:00Z\"}",
        "{\"overlap_seconds\": -1}",
        "{\"overlap_seconds\": 2592001}",
        "{\"overlap_seconds\": 1.5}",
        "{\"limits\": 5}",
        "{\"limits\": {\"requests_per_hour\": 5}}",
        "{\"limits\": {\"requests_per_minute\": 0}}",
        "{\"limits\": {\"requests_per_minute\": \"5\"}}",
        "{\"limits\": {\"tokens_per_day\": 10000000001}}"
      })
  void whatCannotBeUsedIsRefused(String json) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(CallerProblem.class)
        .hasFieldOrPropertyWithValue("status", 400);
  }

  /** A key of any vendor, wherever it was put by mistake. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"KEY\": 1}",
        "{\"name\": [\"KEY\"]}",
        "{\"name\": \"KEY KEY\"}",
        "{\"name\": \"a\", \"role\": \"KEY\"}",
        "{\"name\": \"a\", \"models\": [\"KEY*x\"]}",
        "{\"name\": \"a\", \"models\": \"KEY\"}",
        "{\"name\": \"a\", \"tags\": {\"KEY\": 1}}",
        "{\"name\": \"a\", \"limits\": {\"KEY\": 1}}",
        "{\"name\": \"a\", \"expires_at\": \"KEY\"}",
        "{\"name\": \"a\", \"limit\": \"KEY\"}",
        "{\"name\": KEY}",
        "{\"provider\": \"openai\", \"KEY\": \"x\"}",
        "{\"provider\": \"KEY,\", \"key\": \"x\"}",
        "{\"provider\": \"openai\", \"key\": \"KEY,KEY\"}",
        "{\"provider\": \"openai\", \"key\": [\"KEY\"]}",
        "{\"provider\": \"openai\", \"key\": \"KEY\", \"key\": \"KEY\"}",
        "\"KEY\"",
        "KEY"
      })
  void noErrorRepeatsAKeyThatIsInTheWrongPlace(String body) {
    for (String key :
        List.of("sk-proj-canary0123456789abcd", "AIzaCanary0123", "canarycanarycanary")) {
      byte[] json = body.replace("KEY", key).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(
              () -> {
                AdminRequests.credentials(List::of).read(json);
                new JsonKeyRequests(() -> Roles.BUILT_IN).read(json, ALL);
              })
          .isInstanceOfSatisfying(
              CallerProblem.class,
              problem ->
                  assertThat(problem.message() + problem.param())
                      .doesNotContainIgnoringCase("canary"));
      assertThatThrownBy(() -> new JsonKeyRequests(() -> Roles.BUILT_IN).read(json, ALL))
          .isInstanceOfSatisfying(
              CallerProblem.class,
              problem ->
                  assertThat(problem.message() + problem.param())
                      .doesNotContainIgnoringCase("canary"));
    }
  }

  @Test
  void limitsHaveTheRangeOfTheSettings() {
    String most = "{\"limits\": {\"requests_per_minute\": 1000000000}}";
    assertThat(read(most).limits()).isPresent();
    assertThatThrownBy(() -> read(most.replace("000}", "001}")))
        .hasMessageContaining("must be a whole number from 1 to 1000000000.");
  }

  @Test
  void aMisspeltMemberIsNamed() {
    assertThatThrownBy(() -> read("{\"modles\": []}"))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.message())
                  .startsWith(
                      "Unknown member 'modles'. Did you mean 'models'? Known are disabled,");
              assertThat(problem.param()).contains("modles");
            });
    assertThatThrownBy(() -> read("{\"limits\": {\"tokens_per_hour\": 1}}"))
        .hasMessageStartingWith("Unknown member 'tokens_per_hour' of 'limits'. Known are burst,");
  }
}
