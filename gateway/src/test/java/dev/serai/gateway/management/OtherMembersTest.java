package dev.serai.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests with the members of another gateway. */
class OtherMembersTest {
  private static final Set<String> OF_KEY =
      Set.of(
          "name",
          "role",
          "tenant",
          "team",
          "user",
          "models",
          "tools",
          "tags",
          "disabled",
          "expires_at",
          "limits",
          "limit",
          "limit_reset");

  private static final Set<String> OF_BUDGET = Set.of("id", "scope", "limit", "period", "hard");
  private static final Set<String> OF_USER = Set.of("name", "role", "teams", "tenant", "disabled");

  private static void refused(String member, Set<String> known, String said) {
    byte[] body = ("{\"" + member + "\":1}").getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> RequestObject.read(body, known))
        .withMessageStartingWith("Unknown member '" + member + "'. " + said)
        .satisfies(problem -> assertThat(problem.param()).contains(member));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_budget | Here it is 'limit', a number of US dollars.",
        "budget_duration | Here it is 'limit_reset', one of daily, weekly, monthly.",
        "rpm_limit | Here it is 'limits.requests_per_minute'.",
        "tpm_limit | Here it is 'limits.tokens_per_minute'.",
        "max_parallel_requests | Here it is 'limits.concurrent_requests'.",
        "key_alias | Here it is 'name'.",
        "user_id | Here it is 'user'.",
        "team_id | Here it is 'team'.",
        "organization_id | Here it is 'tenant'.",
        "duration | Here it is 'expires_at', a time such as 2027-01-31T12:00:00Z.",
        "metadata | Here it is 'tags', a list of texts.",
        "permissions | Here it is 'role', the name of a role.",
        "blocked | Here it is 'disabled'."
      })
  void aMemberOfAKeyIsNamedWithTheOneHere(String member, String said) {
    refused(member, OF_KEY, said + " Known are ");
  }

  @ParameterizedTest
  @CsvSource({
    "max_budget, 'limit'",
    "budget_duration, 'period'",
    "soft_budget, 'hard'",
    "budget_id, 'id'"
  })
  void aMemberOfABudgetIsNamedWithTheOneHere(String member, String here) {
    refused(member, OF_BUDGET, "Here it is '" + here + "'");
  }

  @Test
  void aMemberIsNamedOnlyIfTheRequestTakesTheOneHere() {
    refused("user_id", OF_USER, "Here it is 'name'.");
    refused("max_budget", OF_USER, "Known are ");
    refused("rpm_limit", OF_BUDGET, "Known are ");
    refused("rpm", Set.of("requests_per_minute"), "Here it is 'requests_per_minute'.");
  }

  @Test
  void aMisspeltMemberIsStillNamed() {
    refused("nmae", OF_KEY, "Did you mean 'name'?");
  }
}
