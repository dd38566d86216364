package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderKind;
import dev.serai.core.provider.ProviderProfile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, OPENAI_API_KEY, https://api.openai.com/v1",
    "anthropic, ANTHROPIC_API_KEY, https://api.anthropic.com",
    "gemini, GEMINI_API_KEY, https://generativelanguage.googleapis.com",
    "deepseek, DEEPSEEK_API_KEY, https://api.deepseek.com",
    "qwen, QWEN_API_KEY, https://dashscope.aliyuncs.com/compatible-mode/v1",
    "mistral, MISTRAL_API_KEY, https://api.mistral.ai/v1",
    "groq, GROQ_API_KEY, https://api.groq.com/openai/v1",
    "openrouter, OPENROUTER_API_KEY, https://openrouter.ai/api/v1",
    "xai, XAI_API_KEY, https://api.x.ai/v1",
    "together, TOGETHER_API_KEY, https://api.together.xyz/v1",
    "fireworks, FIREWORKS_API_KEY, https://api.fireworks.ai/inference/v1",
    "cohere, COHERE_API_KEY, https://api.cohere.ai/compatibility/v1"
  })
  void aKeyInTheEnvironmentIsEnough(String name, String variable, String url) {
    Provider off = folder.provider(name, Map.of());
    Provider on = folder.provider(name, Map.of(variable, "sk-canary"));

    assertThat(off.enabled()).isFalse();
    assertThat(off.why()).isEqualTo(variable + " is not set");
    assertThat(folder.provider(name, Map.of(variable, " ")).why())
        .isEqualTo(variable + " is empty");
    assertThat(on.enabled()).isTrue();
    assertThat(on.baseUrl()).contains(url);
    assertThat(on.keyName()).contains(variable);
    assertThat(on.toString()).doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, OPENAI_BASE_URL",
    "ollama, OLLAMA_BASE_URL",
    "local, LOCAL_MODEL_URL",
    "qwen, QWEN_BASE_URL",
    "gemini, GEMINI_BASE_URL",
    "gemini, GOOGLE_GEMINI_BASE_URL"
  })
  void anAddressInTheEnvironmentIsEnoughForAServerWithoutKeys(String name, String variable) {
    Provider provider = folder.provider(name, Map.of(variable, "http://10.0.0.5:1234/v1"));

    assertThat(provider.enabled()).isTrue();
    assertThat(provider.baseUrl()).contains("http://10.0.0.5:1234/v1");
    assertThat(provider.keyName()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CO_API_KEY, cohere, COHERE_API_KEY",
    "DASHSCOPE_API_KEY, qwen, QWEN_API_KEY",
    "GOOGLE_API_KEY, gemini, GEMINI_API_KEY"
  })
  void theSecondNameOfAVendorsKeyVariableIsReadToo(String variable, String name, String usual) {
    Map<String, String> environment = Map.of(variable, "k");

    assertThat(folder.provider(name, environment).enabled()).isTrue();
    assertThat(new SettingsSecrets(folder.settings(environment), environment).find(usual))
        .contains("k");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://r.openai.azure.com, -, https://r.openai.azure.com/openai/v1, -",
        "https://r.openai.azure.com/, -, https://r.openai.azure.com/openai/v1, -",
        "https://r.openai.azure.com/openai/v1/, -, https://r.openai.azure.com/openai/v1, -",
        "https://r.openai.azure.com/, 2024-10-21, https://r.openai.azure.com/openai,"
            + " api-version-2024-10-21",
        "https://r.openai.azure.com/openai, 2024-10-21, https://r.openai.azure.com/openai,"
            + " api-version-2024-10-21"
      })
  void azureHasItsAddressInBothForms(String endpoint, String version, String url, String quirk) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AZURE_OPENAI_API_KEY", "k");
    environment.put("AZURE_OPENAI_ENDPOINT", endpoint);
    if (version != null) {
      environment.put("OPENAI_API_VERSION", version);
    }

    Provider azure = folder.provider("azure", environment);

    assertThat(azure.enabled()).isTrue();
    assertThat(azure.baseUrl()).contains(url);
    assertThat(azure.quirks()).isEqualTo(quirk == null ? List.of() : List.of(quirk));
  }

  @Test
  void azureNeedsItsKeyAndItsEndpoint() {
    String endpoint = "https://r.openai.azure.com";
    assertThat(folder.provider("azure", Map.of("AZURE_OPENAI_API_KEY", "k")).why())
        .isEqualTo("AZURE_OPENAI_ENDPOINT is not set");
    assertThat(folder.provider("azure", Map.of()).why())
        .isEqualTo("AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT are not set");
    assertThat(folder.provider("azure", Map.of("AZURE_OPENAI_ENDPOINT", endpoint)).why())
        .isEqualTo("AZURE_OPENAI_API_KEY is not set");
    assertThat(folder.problems(Map.of("AZURE_OPENAI_API_VERSION", "2024/10")))
        .containsExactly(
            "environment variable AZURE_OPENAI_API_VERSION: must be a version such as"
                + " 2024-10-21");
  }

  @Test
  void aProviderMayHaveSeveralKeys() {
    folder.yaml(
        """
        providers:
          groq:
            keys: ["${K1}", two]
          mistral:
            api_key: a, b
            keys: [c]
        """);
    Map<String, String> environment = Map.of("OPENAI_API_KEY", "x, y ,x,", "K1", "one");
    SettingsSecrets secrets = new SettingsSecrets(folder.settings(environment), environment);

    assertThat(secrets.all("OPENAI_API_KEY")).containsExactly("x", "y");
    assertThat(secrets.find("OPENAI_API_KEY")).contains("x");
    assertThat(secrets.all("GROQ_API_KEY")).containsExactly("one", "two");
    assertThat(secrets.all("MISTRAL_API_KEY")).containsExactly("a", "b", "c");
    assertThat(secrets.all("XAI_API_KEY")).isEmpty();
    assertThat(folder.provider("groq", environment).enabled()).isTrue();
  }

  @Test
  void anInvalidAddressIsReported() {
    assertThat(folder.problems(Map.of("LOCAL_MODEL_URL", "localhost:8080")))
        .containsExactly(
            "environment variable LOCAL_MODEL_URL: must be an http:// or https:// address without"
                + " user name, query and fragment");
  }

  @Test
  void anOwnProviderHasKindAddressAndKey() {
    folder.yaml(
        """
        providers:
          cerebras:
            kind: openai-compatible
            base_url: https://api.cerebras.ai/v1
            api_key: ${CEREBRAS_API_KEY}
            quirks: [no-stream-options]
            models: [llama-3.3-70b]
        """);
    Map<String, String> environment = Map.of("CEREBRAS_API_KEY", "sk-canary");

    ProviderProfile profile = folder.provider("cerebras", environment).profile();

    assertThat(profile)
        .isEqualTo(
            new ProviderProfile(
                "cerebras",
                "openai",
                Optional.of("https://api.cerebras.ai/v1"),
                Optional.of("providers.cerebras.api_key"),
                Set.of("no-stream-options"),
                List.of("llama-3.3-70b")));
    Settings settings = folder.settings(environment);
    assertThat(new SettingsSecrets(settings, environment).find("providers.cerebras.api_key"))
        .contains("sk-canary");
    assertThat(settings.toString()).doesNotContain("canary");
  }

  @Test
  void missingSettingsOfAnOwnProviderAreReported() {
    folder.yaml("providers:\n  acme:\n    api_key: x\n  My Own:\n    kind: cohere\n");

    assertThat(folder.problems(Map.of()))
        .contains(
            "config/serai.yaml:2: providers.acme: kind is missing: Serai knows no provider of this"
                + " name; a provider of your own needs base_url and one of the kinds"
                + " openai-compatible, anthropic, bedrock, gemini, vertex, ollama, persona",
            "config/serai.yaml:5: providers.My Own.kind: \"cohere\" was read; must be one of"
                + " openai-compatible, anthropic, bedrock, gemini, vertex, ollama, persona; write"
                + " kind: openai-compatible");
  }

  @Test
  void theFilesKeyAndAddressOverrideTheVendorsVariablesTogether() {
    folder.yaml(
        "providers:\n"
            + "  openai:\n"
            + "    api_key: from-file\n"
            + "    base_url: https://gateway.example/v1\n");
    Map<String, String> environment =
        Map.of("OPENAI_API_KEY", "from-env", "OPENAI_BASE_URL", "https://elsewhere.example/v1");

    Settings settings = folder.settings(environment);
    SettingsSecrets secrets = new SettingsSecrets(settings, environment);

    assertThat(folder.provider("openai", environment).baseUrl())
        .contains("https://gateway.example/v1");
    assertThat(secrets.find("OPENAI_API_KEY")).contains("from-file");
    assertThat(secrets.find("providers.openai.api_key")).contains("from-file");
  }

  @Test
  void aProviderCanBeSwitchedOff() {
    folder.yaml("providers:\n  openai:\n    enabled: false\n");

    Provider openai = folder.provider("openai", Map.of("OPENAI_API_KEY", "x"));

    assertThat(openai.enabled()).isFalse();
    assertThat(openai.why()).isEqualTo("switched off in the settings");
  }

  @Test
  void aSecretIsFoundInTheEnvironmentUnlessItIsEmpty() {
    SettingsSecrets secrets =
        new SettingsSecrets(folder.settings(Map.of()), Map.of("A_KEY", " x\n", "B_KEY", " "));

    assertThat(secrets.find("A_KEY")).contains("x");
    assertThat(secrets.find("B_KEY")).isEmpty();
    assertThat(secrets.find("C_KEY")).isEmpty();
  }

  @Test
  void theReportNamesKeysAndNeverShowsThem() {
    folder.yaml("models:\n  fast: openai/gpt-4o-mini\n");
    Map<String, String> environment =
        Map.of(
            "OPENAI_API_KEY", "sk-canary", "SERVER_PORT", "0", "HTTPS_PROXY", "http://u:canary@p");

    SettingsReport report = SettingsReport.of(folder.settings(environment), environment);

    assertThat(report.keys()).containsExactly("OPENAI_API_KEY");
    assertThat(report.variables()).containsExactly("HTTPS_PROXY", "SERVER_PORT");
    assertThat(report.lines())
        .contains(
            "provider   on  openai: it has a key",
            "off        anthropic, bedrock, gemini, vertex, deepseek, qwen, azure, mistral, groq,"
                + " openrouter, xai, together, fireworks, cohere, local; see docs/providers.md",
            "provider keys  OPENAI_API_KEY",
            "aliases    fast");
    assertThat(report.toString() + folder.settings(environment)).doesNotContain("canary");
  }

  @Test
  void aProviderThatIsAskedForAndOffHasALineOfItsOwn() {
    folder.yaml("providers:\n  groq:\n    enabled: true\n    api_key: ${GROQ_API_KEY:-}\n");
    Map<String, String> environment = Map.of("AZURE_OPENAI_API_KEY", "k");

    assertThat(SettingsReport.of(folder.settings(environment), environment).lines())
        .contains(
            "provider   off groq: GROQ_API_KEY is not set (config/serai.yaml:2: providers.groq)",
            "provider   off azure: AZURE_OPENAI_ENDPOINT is not set")
        .noneMatch(line -> line.startsWith("off ") && line.contains("groq"));
  }

  @Test
  void theReportSaysWhichVariableTurnsAProviderOn() {
    assertThat(why("openai", Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")))
        .isEqualTo("OPENAI_BASE_URL is set; without a key");
    assertThat(why("ollama", Map.of("OLLAMA_BASE_URL", "http://127.0.0.1:9")))
        .isEqualTo("OLLAMA_BASE_URL is set");
    folder.yaml(
        "providers:\n"
            + "  openai: {base_url: 'http://127.0.0.1:9/v1'}\n"
            + "  mine: {kind: openai-compatible, base_url: 'http://a', api_key: '${NOTHING:-}'}\n");
    assertThat(why("openai", Map.of())).isEqualTo("in the settings; without a key");
    assertThat(why("mine", Map.of())).isEqualTo("in the settings; without a key");
    assertThat(why("mine", Map.of("NOTHING", "k"))).isEqualTo("in the settings");
  }

  private String why(String provider, Map<String, String> environment) {
    return folder.provider(provider, environment).why();
  }

  @Test
  void aKindThatDoesNotExistIsOneMistake() {
    folder.yaml("providers:\n  foo: {kind: openai, base_url: 'http://a'}\n");

    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/serai.yaml:2: providers.foo.kind: \"openai\" was read; must be one of");
  }

  @Test
  void theReportSaysWhatNamesTheDatabase() {
    assertThat(databaseFrom(Map.of())).isEqualTo("the default");
    assertThat(databaseFrom(Map.of("DATABASE_URL", "sqlite:a"))).isEqualTo("DATABASE_URL");
    Map<String, String> both = Map.of("DATABASE_URL", "sqlite:a", "SERAI_DATABASE_URL", "sqlite:b");
    assertThat(databaseFrom(both)).isEqualTo("SERAI_DATABASE_URL");
    assertThat(folder.settings(both).state().databaseUrl().reveal()).isEqualTo("sqlite:b");
    folder.yaml("state: {database_url: 'sqlite:c'}\n");
    assertThat(databaseFrom(Map.of())).isEqualTo("state.database_url");
  }

  private String databaseFrom(Map<String, String> environment) {
    return SettingsReport.of(folder.settings(environment), environment).databaseFrom();
  }

  @Test
  void llmTomlIsReadAsPrinted() {
    folder.with("config/llm.toml", LLM_TOML);
    Map<String, String> environment = Map.of("OPENAI_API_KEY", "sk-1");

    Settings settings = folder.settings(environment);

    assertThat(settings.general().defaultProvider()).contains("openai");
    assertThat(settings.general().fallbackProviders()).containsExactly("anthropic", "bedrock");
    assertThat(settings.enabledProviders())
        .extracting(Provider::name)
        .containsExactly("openai", "ollama", "persona");
    assertThat(folder.provider("openai", environment).kind())
        .isEqualTo(ProviderKind.OPENAI_COMPATIBLE);
    assertThat(folder.provider("openai", environment).profile().models())
        .containsExactly("gpt-4o", "gpt-4o-mini");
    assertThat(folder.provider("anthropic", environment).why())
        .isEqualTo("ANTHROPIC_API_KEY is not set");
    assertThat(new SettingsSecrets(settings, environment).find("OPENAI_API_KEY")).contains("sk-1");
  }

  @Test
  void mistakesInLlmTomlAreReportedWithTheirLines() {
    folder.with(
        "llm.toml",
        "[general]\nrouting_strategy = \"cheap\"\n\n[providers.openai]\nprioritty = 1\n");
    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "llm.toml:2: general.routing_strategy: \"cheap\" was read; must be one of priority,"
                + " round_robin, cost_aware, capability_match, load_balanced, latency,"
                + " bandit",
            "llm.toml:5: providers.openai.prioritty: unknown key; did you mean priority? allowed in"
                + " providers.openai: api_key, base_url, enabled, headers, keys, kind, models,"
                + " models_url, priority, quirks, region");

    folder.with("llm.toml", "[general]\nx = \n");
    assertThat(folder.problems(Map.of()))
        .first()
        .asString()
        .startsWith("llm.toml:2: the file is not valid TOML: ");
  }

  private static final String LLM_TOML =
      """
      [general]
      default_provider = "openai"
      fallback_providers = ["anthropic", "bedrock"]
      routing_strategy = "priority"
      enable_streaming = true
      enable_logging = true

      [providers.openai]
      enabled = true
      priority = 1
      api_key = "${OPENAI_API_KEY}"
      models = [
          { name = "gpt-4o", cost_per_input = 5.0, cost_per_output = 15.0 },
          { name = "gpt-4o-mini", cost_per_input = 0.15, cost_per_output = 0.6 }
      ]

      [providers.anthropic]
      enabled = true
      priority = 2
      api_key = "${ANTHROPIC_API_KEY}"
      models = [
          { name = "claude-sonnet-4-20250514", cost_per_input = 3.0, cost_per_output = 15.0 }
      ]
      """;
}
