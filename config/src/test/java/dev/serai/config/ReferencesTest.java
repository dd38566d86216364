package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names in lists of the settings that do not exist. */
class ReferencesTest {
  private static final String NONE = "no key or issuer of the settings has the ";
  private static final String KEYS =
      """
      auth:
        keys:
          - {name: reports, key: k1-0123456789abcdef, tenant: support, team: web, user: ann, tags: [nightly]}
      """;

  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  private List<String> warnings(String yaml) {
    return folder.yaml(yaml).settings(Map.of()).warnings();
  }

  @Test
  void aNameOfACallerThatNoKeyHasIsAWarningInEveryListWithWhatIsMeant() {
    assertThat(
            warnings(
                KEYS
                    + """
                    limits:
                      tenants: {suport: {requests_per_minute: 5}}
                      teams: {support/wbe: {requests_per_minute: 5}}
                      users: {support/anne: {requests_per_minute: 5}}
                    fairness:
                      tenants: {suppport: {weight: 2}}
                      keys: {reprots: bronze}
                    privacy:
                      tenants: {supprt: {action: off}}
                    budgets:
                      a: {scope: tenant, value: supporrt, limit: 5}
                      b: {scope: key, value: reprots, tenant: support, limit: 5}
                      c: {scope: team, tenant: sopport, limit: 5}
                      d: {scope: tag, value: nigthly, limit: 5}
                      e: {scope: tag, value: of-calls, limit: 5}
                    guards:
                      g:
                        kind: injection
                        on: input
                        tenants:
                          - support
                          - suport
                    alerts:
                      ops:
                        url: https://hooks.example
                        secret: whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
                        budgets: [a, monthly, budget_0, key_0]
                        tenants: [suppor]
                    """))
        .containsExactly(
            at(5, "limits.tenants.suport") + "tenant suport; did you mean support?",
            at(6, "limits.teams.support/wbe") + "team support/wbe; did you mean support/web?",
            at(7, "limits.users.support/anne") + "user support/anne; did you mean support/ann?",
            at(9, "fairness.tenants.suppport") + "tenant suppport; did you mean support?",
            at(10, "fairness.keys.reprots") + "name reprots; did you mean reports?",
            at(12, "privacy.tenants.supprt") + "tenant supprt; did you mean support?",
            at(14, "budgets.a.value") + "tenant supporrt; did you mean support?",
            at(15, "budgets.b.value") + "name support/reprots; did you mean support/reports?",
            at(16, "budgets.c.tenant") + "tenant sopport; did you mean support?",
            at(17, "budgets.d.value") + "tag nigthly; did you mean nightly?",
            at(25, "guards.g.tenants[1]") + "tenant suport; did you mean support?",
            at(31, "alerts.ops.tenants[0]") + "tenant suppor; did you mean support?",
            "config/serai.yaml:30: alerts.ops.budgets[1]: no budget of the settings has the ID"
                + " monthly");
  }

  private static String at(int line, String setting) {
    return "config/serai.yaml:" + line + ": " + setting + ": " + NONE;
  }

  @Test
  void aKeyOfAnotherTenantIsMeantByABudget() {
    assertThat(warnings(KEYS + "budgets: {b: {scope: key, value: reports, limit: 5}}\n"))
        .containsExactly(
            at(4, "budgets.b.value") + "name public/reports; did you mean support/reports?");
  }

  @Test
  void namesThatKeysOrIssuersHaveAreNotAWarning() {
    assertThat(
            warnings(
                KEYS
                    + """
                      issuers:
                        - {name: login, issuer: 'https://login.example', audiences: serai, tenant: sales}
                    limits:
                      tenants: {public: {requests_per_minute: 5}, sales: {requests_per_minute: 5}}
                      teams: {support/web: {requests_per_minute: 5}}
                    fairness:
                      keys: {login: bronze, reports: gold}
                    budgets:
                      a: {scope: user, value: ann, tenant: support, limit: 0.000000001}
                    """))
        .isEmpty();
  }

  @Test
  void manyUnknownNamesOfOneListAreAFewWarnings() {
    StringBuilder yaml = new StringBuilder(KEYS + "limits:\n  tenants:\n");
    for (int i = 0; i < 40; i++) {
      yaml.append("    other-").append(i).append(": {requests_per_minute: 5}\n");
    }
    assertThat(warnings(yaml.toString()))
        .hasSize(6)
        .last()
        .asString()
        .isEqualTo(
            "config/serai.yaml:11: limits.tenants.other-5: so it is with this and 34 more of the"
                + " list");
  }

  @Test
  void aModelOfAnAllowListThatNoProviderServesIsAWarning() {
    assertThat(
            warnings(
                """
                models: {fast: persona/guide}
                auth:
                  keys:
                    - {name: a, key: k1-0123456789abcdef, models: [fast, fasst, 'persona/*', '*']}
                    - name: b
                      key: k2-0123456789abcdef
                      models: ['persnoa/*', openai/gpt-4o]
                  issuers:
                    - {name: c, issuer: 'https://c.example', audiences: a, models: [fasst]}
                """))
        .containsExactly(
            "config/serai.yaml:4: auth.keys[0].models: nothing serves 'fasst': no alias or known"
                + " model is named fasst; did you mean fast?",
            "config/serai.yaml:5: auth.keys[1].models: nothing serves 'persnoa/*': no provider is"
                + " named persnoa; did you mean persona?",
            "config/serai.yaml:5: auth.keys[1].models: nothing serves 'openai/gpt-4o': the provider"
                + " is off: openai (OPENAI_API_KEY is not set)",
            "config/serai.yaml:9: auth.issuers[0].models: nothing serves 'fasst': no alias or known"
                + " model is named fasst; did you mean fast?");
  }

  @Test
  void namesThatNoKindSearchesForAreAWarning() {
    String privacy = "privacy: {action: mask, names: [Erika], kinds: [%s]}\n";
    assertThat(warnings(privacy.formatted("email")))
        .containsExactly(
            "config/serai.yaml:1: privacy.names: nothing searches for them, because privacy.kinds"
                + " has no name");
    assertThat(warnings(privacy.formatted("email, name"))).isEmpty();
    assertThat(warnings("privacy: {action: mask, names: [Erika]}\n")).isEmpty();
  }

  @Test
  void limitsAndBudgetsHaveTheRangesOfTheirHttpApi() {
    folder.yaml(
        """
        limits: {keys: {requests_per_minute: 1000000001}}
        budgets: {a: {scope: all, limit: 0.0000000001}}
        """);
    assertThat(folder.problems(Map.of()))
        .satisfiesExactly(
            one -> assertThat(one).endsWith("must be a whole number from 0 to 1000000000"),
            two -> assertThat(two).endsWith("0 to 9000000000 with at most 9 decimals"));
  }

  @Test
  void theErrorOfALimitInTheWrongPlaceNamesTheRightOne() {
    folder.yaml("limits:\n  keys:\n    shop: {burst: 5}\n  requests_per_minute: 5\n");
    assertThat(folder.problems(Map.of()))
        .satisfiesExactly(
            one -> assertThat(one).endsWith("; limits of one key are in auth.keys[].limits"),
            two ->
                assertThat(two)
                    .endsWith(
                        "; limits of each key are in limits.keys, those of all calls in"
                            + " limits.gateway"));
  }

  @Test
  void charactersThatBreakTheAddressOfRedisAreNamed() {
    for (String password : List.of("p#ss", "p?ss", "p/ss", "p@ss")) {
      folder.yaml("state:\n  redis_url: redis://:" + password + "@127.0.0.1/0\n");
      assertThat(folder.problems(Map.of()))
          .singleElement()
          .asString()
          .endsWith("in the password, write # as %23, ? as %3F, / as %2F and @ as %40")
          .doesNotContain(password);
    }
  }
}
