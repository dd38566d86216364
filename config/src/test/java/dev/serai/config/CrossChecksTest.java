package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in settings that are valid one by one. */
class CrossChecksTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  private List<String> warnings(Map<String, String> environment) {
    return folder.settings(environment).warnings();
  }

  @Test
  void providersThatDoNotExistAreNamedInOnePassWithTheirLines() {
    folder.yaml(
        """
        models:
          fast: opnai/gpt-4o
          smart:
            targets: [openai/gpt-4o, {model: antropic/claude}]
            fallbacks:
              - groq/x
              - unknown/x
        general:
          default_provider: mistrall
          fallback_providers:
            - openai
            - geminy
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: models.fast: no provider is named opnai; did you mean openai?",
            "config/serai.yaml:4: models.smart.targets[1]: no provider is named antropic; did you"
                + " mean anthropic?",
            "config/serai.yaml:7: models.smart.fallbacks[1]: no provider is named unknown",
            "config/serai.yaml:9: general.default_provider: no provider is named mistrall; did you"
                + " mean mistral?",
            "config/serai.yaml:12: general.fallback_providers[1]: no provider is named geminy; did"
                + " you mean gemini?");
  }

  @Test
  void anAliasHasABoundedNumberOfTargets() {
    folder.yaml(
        "models:\n  wide: {targets: ["
            + "ollama/x, ".repeat(1000)
            + "ollama/x]}\n"
            + "  most: {targets: ["
            + "ollama/x, ".repeat(999)
            + "ollama/x]}\n");

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: models.wide.targets: has 1001 entries; at most 1000 are allowed");
  }

  @Test
  void aLimitOrABudgetThatCouldNeverApplyIsWrong() {
    folder.yaml(
        """
        limits:
          teams:
            web: {requests_per_minute: 5}
          users:
            acme/: {requests_per_minute: 5}
            acme/ann: {requests_per_minute: 5}
        budgets:
          everything: {scope: all, value: all, limit: 5}
          key_1: {scope: all, limit: 5}
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:3: limits.teams.web: must be written with its tenant, such as"
                + " public/web",
            "config/serai.yaml:5: limits.users.acme/: must be written with its tenant, such as"
                + " public/acme",
            "config/serai.yaml:8: budgets.everything.value: leave it out: the scope all has no"
                + " values",
            "config/serai.yaml:9: budgets.key_1: the ID of a budget must not begin with key_, as"
                + " those of stored API keys do");
  }

  @Test
  void namesInLimitsAndBudgetsThatLeadNowhereAreWarnings() {
    folder.yaml(
        """
        models:
          fast: persona/guide
        limits:
          providers:
            anthropc: {requests_per_minute: 5}
            persona: {requests_per_minute: 5}
          models:
            fasst: {requests_per_minute: 5}
            fast: {requests_per_minute: 5}
            opnai/gpt-4o: {requests_per_minute: 5}
        budgets:
          one: {scope: model, value: openai/gpt-4o, limit: 5, fallback_model: unknown/x}
          two: {scope: model, value: fast, limit: 5, fallback_model: fast}
          three: {scope: model, value: gpt-4o, limit: 5}
        """);

    String counted =
        "a budget counts a model by its name at the provider, such as gpt-4o, not by an alias or"
            + " by provider/model";
    assertThat(warnings(Map.of()))
        .containsExactly(
            "config/serai.yaml:5: limits.providers.anthropc: no provider is named anthropc; did you"
                + " mean anthropic?",
            "config/serai.yaml:8: limits.models.fasst: no alias or known model is named fasst; did"
                + " you mean fast?",
            "config/serai.yaml:10: limits.models.opnai/gpt-4o: no provider is named opnai; did you"
                + " mean openai?",
            "config/serai.yaml:12: budgets.one.value: " + counted,
            "config/serai.yaml:12: budgets.one.fallback_model: no provider is named unknown",
            "config/serai.yaml:13: budgets.two.value: " + counted);
  }

  @Test
  void aProviderOfARouteFileExists() {
    folder.yaml("models:\n  fast: cerebras/x\n");
    folder.with("serai.d/cerebras.camel.yaml", "- route: {from: {uri: direct:adapter-cerebras}}");

    assertThat(warnings(Map.of())).isEmpty();
  }

  @Test
  void aProviderThatIsOffIsAWarningThatNamesItsVariable() {
    folder.yaml("models:\n  fast: openai/gpt-4o\ngeneral:\n  fallback_providers: [groq]\n");

    assertThat(warnings(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: models.fast: leads to providers that are off: openai"
                + " (OPENAI_API_KEY is not set)",
            "config/serai.yaml:3: general: names providers that are off: groq (GROQ_API_KEY is not"
                + " set)");
    assertThat(warnings(Map.of("OPENAI_API_KEY", "a", "GROQ_API_KEY", "b"))).isEmpty();
  }

  @Test
  void aDeadlineThatIsLongerThanTheTotalIsAWarning() {
    folder.yaml("upstream:\n  deadlines:\n    idle: 20m\n");

    assertThat(warnings(Map.of("REQUEST_TIMEOUT", "15m")))
        .containsExactly(
            "environment variable REQUEST_TIMEOUT: is longer than total, 600 s, which ends the"
                + " call before; set upstream.deadlines.total too",
            "config/serai.yaml:3: upstream.deadlines.idle: is longer than total, 600 s, which ends"
                + " the call before; set upstream.deadlines.total too");
    assertThat(warnings(Map.of("REQUEST_TIMEOUT", "10m")))
        .singleElement()
        .asString()
        .contains("idle");
  }

  @Test
  void soIsOneOfAnAliasOrAModel() {
    folder.yaml(
        """
        models:
          fast:
            targets: ollama/x
            deadlines: {first_token: 20m}
          slow:
            targets: ollama/x
            deadlines: {idle: 20m, total: 1h}
        providers:
          mine:
            kind: openai-compatible
            base_url: http://127.0.0.1:1/v1
            models:
              - {name: a, deadlines: {idle: 2m, total: 1m}}
        """);
    folder.with("config/models.yaml", "models:\n  ollama/x:\n    deadlines: {first_token: 11m}\n");

    assertThat(warnings(Map.of()))
        .containsExactlyInAnyOrder(
            "config/serai.yaml:4: models.fast.deadlines.first_token: is longer than total, 600 s,"
                + " which ends the call before; set total beside it too",
            "config/serai.yaml:13: providers.mine.models[0].deadlines.idle: is longer than total,"
                + " 60 s, which ends the call before; set total beside it too",
            "config/models.yaml:3: models.ollama/x.deadlines.first_token: is longer than total,"
                + " 600 s, which ends the call before; set total beside it too");
  }

  @Test
  void anAliasWithTheNameOfAModelIsNotNeeded() {
    folder.yaml("models:\n  openai/gpt-4o: openai/gpt-4o\n");

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: models.openai/gpt-4o: an alias must not be empty or contain a"
                + " slash; openai/gpt-4o can be called without an alias");
  }

  @Test
  void aDefaultModelThatMayNotExistIsAWarning() {
    folder.yaml("models:\n  fast: ollama/x\ngeneral:\n  default_model: fst\n");
    assertThat(warnings(Map.of()))
        .containsExactly(
            "config/serai.yaml:4: general.default_model: no alias or known model is named fst;"
                + " did you mean fast?");

    assertThat(warnings(Map.of("DEFAULT_MODEL", "olama/x")))
        .containsExactly(
            "environment variable DEFAULT_MODEL: no provider is named olama; did you mean ollama?");
  }

  @Test
  void anAddressThatEndsInAnOperationIsRefused() {
    folder.yaml(
        """
        providers:
          mine:
            kind: openai-compatible
            base_url: http://127.0.0.1:1/v1/chat/completions/
        """);

    assertThat(folder.problems(Map.of("ANTHROPIC_BASE_URL", "https://x.test/v1/messages")))
        .containsExactly(
            "config/serai.yaml:4: providers.mine.base_url: the address ends in /chat/completions,"
                + " which Serai appends itself; leave it out",
            "environment variable ANTHROPIC_BASE_URL: the address ends in /messages, which Serai"
                + " appends itself; leave it out");
  }

  @Test
  void blanksInANameAreSeen() {
    folder.yaml("models:\n  fast: ' persona/guide'\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .endsWith("no provider is named ' persona'; did you mean persona?");
  }

  @Test
  void variablesThatLookLikeSettingsAreNamed() {
    Map<String, String> environment =
        Map.of(
            "SERAI_CONFG", "x",
            "SERAI_PORT", "9000",
            "SERVER_PROT", "9000",
            "SERAI_COLOUR", "red",
            "SERAI_LOG_LEVEL", "debug",
            "OPENAI_API_KEYS", "sk-canary",
            "SERAI_SERVICE_HOST", "10.0.0.1",
            "SERAI_JAVA_OPTS", "-Xmx1g",
            "PATH", "/bin");

    assertThat(warnings(environment))
        .containsExactly(
            "environment variable OPENAI_API_KEYS: is not read; did you mean OPENAI_API_KEY?",
            "environment variable SERAI_COLOUR: is not read",
            "environment variable SERAI_CONFG: is not read; did you mean SERAI_CONFIG?",
            "environment variable SERAI_LOG_LEVEL: is not read; did you mean LOG_LEVEL?",
            "environment variable SERAI_PORT: is not read; did you mean SERVER_PORT?",
            "environment variable SERVER_PROT: is not read; did you mean SERVER_PORT?");
  }

  @Test
  void ignoredFilesAreNamed() {
    folder.yaml("server: {port: 1}\n").with("serai.yaml", "").with("config/models.yml", "");
    folder.with("serai.d/groq.yaml", "").with("serai.d/a.camel.yml", "").with("serai.d/.x", "");

    assertThat(warnings(Map.of()))
        .containsExactly(
            path + "/serai.d/a.camel.yml: is ignored; the name of a route file ends in .camel.yaml",
            path + "/serai.d/groq.yaml: is ignored; the name of a route file ends in .camel.yaml",
            "serai.yaml: is ignored, since config/serai.yaml was read",
            "config/models.yml: is ignored; rename it to config/models.yaml, or name it with"
                + " SERAI_MODELS");
  }

  @Test
  void anAddressThatLeadsBackToSeraiIsAWarning() {
    folder.yaml(
        """
        server: {port: 8123}
        providers:
          self: {kind: openai-compatible, base_url: "http://localhost:8123/v1"}
          other: {kind: openai-compatible, base_url: "http://localhost:8124/v1"}
        """);

    assertThat(warnings(Map.of("ANTHROPIC_BASE_URL", "http://127.0.0.1:8123")))
        .hasSize(2)
        .allMatch(line -> line.contains("this is Serai's own address"))
        .anyMatch(line -> line.startsWith("config/serai.yaml:3: providers.self.base_url: "))
        .anyMatch(line -> line.startsWith("environment variable ANTHROPIC_BASE_URL: "));
  }

  @ParameterizedTest
  @CsvSource({
    "'model_list: [{model_name: a}]', LiteLLM, docs/migrating-from-litellm.md",
    "'litellm_settings: {drop_params: true}', LiteLLM, docs/migrating-from-litellm.md",
    "'{\"client\": {}, \"config_store\": {\"enabled\": false}}', Bifrost, docs/settings.md",
    "'binds: [{port: 3000}]', agentgateway, docs/settings.md",
    "'static_resources: {listeners: []}', Envoy, docs/settings.md",
    "'{apiVersion: v1, kind: ConfigMap}', Kubernetes, docs/settings.md"
  })
  void theConfigurationOfAnotherProgramIsOneLineThatNamesIt(
      String text, String program, String page) {
    folder.yaml(text + "\n");

    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/serai.yaml:1: ")
        .contains("belongs to the configuration of " + program)
        .contains(page);
  }

  @Test
  void mistakesAreListedInTheOrderOfTheirLines() {
    folder.yaml("models:\n  a/b: openai/x\nretry:\n  max_attempts: 0\nserver:\n  port: eighty\n");

    assertThat(folder.problems(Map.of()))
        .extracting(problem -> problem.split(":")[1])
        .containsExactly("2", "4", "6");
  }

  @Test
  void aPriceOfAnUnknownProviderIsAWarning() {
    folder.with("config/models.yaml", "models:\n  opena/x: {price: {input: 1, output: 1}}\n");

    assertThat(warnings(Map.of()))
        .containsExactly(
            "config/models.yaml:2: models.opena/x: no provider is named opena; did you mean"
                + " openai?");
  }

  @Test
  void aBlankVariableCountsAsNotSetEverywhere() {
    folder.yaml("server:\n  host: ${ADDRESS:-127.0.0.2}\n  port: 8100\n");

    Settings settings =
        folder.settings(Map.of("ADDRESS", " ", "SERVER_PORT", "", "OPENAI_API_KEY", " "));

    assertThat(settings.server().host()).isEqualTo("127.0.0.2");
    assertThat(settings.server().port()).isEqualTo(8100);
    assertThat(folder.provider("openai", Map.of("OPENAI_API_KEY", " ")).enabled()).isFalse();
  }

  @Test
  void aFileOfVariablesThatNothingReadsIsNamedIfItHasOneThatIsNotSet() {
    folder.yaml("{}\n").with(".env", "# keys\nexport OPENAI_API_KEY=sk-canary\nOTHER=1\n");
    assertThat(warnings(Map.of()))
        .containsExactly(
            ".env: is not read, so that OPENAI_API_KEY is not set; read it before the start:"
                + " set -a; . "
                + path.resolve(".env")
                + "; set +a");
    assertThat(warnings(Map.of("OPENAI_API_KEY", "sk-canary"))).isEmpty();
  }

  @Test
  void quotesAroundTheValueOfAVariableThatTheFileNamesAreNamed() {
    folder.yaml("server: {port: '${AT}'}\nproviders: {groq: {api_key: '${MINE}'}}\n");
    assertThat(folder.problems(Map.of("AT", "'80'", "MINE", "gsk_canary")))
        .singleElement()
        .asString()
        .endsWith("; the value is in quotes, which count as a part of it: remove them");
    assertThat(warnings(Map.of("AT", "80", "MINE", "\"gsk_canary\"")))
        .singleElement()
        .asString()
        .endsWith("api_key: the key is in quotes, which count as a part of it; remove them");
  }

  @Test
  void theReportListsTheWarnings() {
    Map<String, String> environment = Map.of("SERAI_CONFG", "x");

    assertThat(SettingsReport.of(folder.settings(environment), environment).lines())
        .contains(
            "warning    environment variable SERAI_CONFG: is not read; did you mean SERAI_CONFIG?");
  }
}
