package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.routing.AliasHedgingSettings;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.FailoverSettings;
import dev.serai.config.routing.ParameterSettings;
import dev.serai.config.routing.TargetSettings;
import dev.serai.config.routing.fanout.FanOutSettings;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  static List<String> deepYaml() {
    return List.of(
        "server: " + "[".repeat(10_000) + "\n",
        "server: " + "{a: ".repeat(10_000) + "\n",
        "- ".repeat(10_000) + "a\n",
        "? ".repeat(10_000) + "a\n");
  }

  static List<String> deepToml() {
    return List.of(
        "[server]\nport = " + "[".repeat(10_000) + "\n",
        "[server]\nport = " + "{a = ".repeat(10_000) + "\n",
        "a.".repeat(10_000) + "b = 1\n",
        "[" + "a.".repeat(10_000) + "b]\n");
  }

  @ParameterizedTest
  @MethodSource("deepYaml")
  void yamlThatIsNestedTooDeeplyIsAMistakeWithItsLine(String text) {
    for (String name : List.of("config/serai.yaml", "config/models.yaml")) {
      folder.with(name, text);
      assertThat(folder.problems(Map.of()))
          .anyMatch(
              problem -> problem.equals(name + ":1: the file is nested deeper than 16 levels"));
    }
  }

  @ParameterizedTest
  @MethodSource("deepToml")
  void tomlThatIsNestedTooDeeplyIsAMistakeWithItsLine(String text) {
    folder.with("llm.toml", text);
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .matches("llm.toml:[12]: the file is nested deeper than 64 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server: &a [*a]\n", "server: &a {b: *a}\n", "&a server: *a\n"})
  void aSettingThatRefersToItselfIsAMistakeWithItsLine(String text) {
    folder.yaml(text);
    assertThat(folder.problems(Map.of()))
        .anyMatch(problem -> problem.matches("config/serai.yaml:1: .*anchors and aliases.*"));
  }

  @Test
  void aVariableInTheFileIsReplaced() {
    folder.yaml("server:\n  host: ${ADDRESS}\n  port: ${PORT:-8100}\n");

    Settings settings = folder.settings(Map.of("ADDRESS", "0.0.0.0"));

    assertThat(settings.server().host()).isEqualTo("0.0.0.0");
    assertThat(settings.server().port()).isEqualTo(8100);
  }

  @Test
  void aSecretWhoseVariableIsNotSetIsNotToBeWrittenIntoTheFile() {
    folder.yaml(
        """
        providers:
          openai: {api_key: "${OPENAI_KEY}"}
        auth:
          keys: [{name: shop, key: "${SHOP_KEY}"}]
        console: {password: ""}
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactlyInAnyOrder(
            "config/serai.yaml:2: providers.openai.api_key: the variable OPENAI_KEY is not set;"
                + " set it, or write ${OPENAI_KEY:-} to leave it out",
            "config/serai.yaml:4: auth.keys[0].key: the variable SHOP_KEY is not set; set it, or"
                + " write ${SHOP_KEY:-} to leave it out",
            "config/serai.yaml:5: console.password: is empty; set it or leave it out");
  }

  @Test
  void aVariableThatIsNotSetIsAMistakeOfThatLine() {
    folder.yaml("server:\n  host: ${ADDRESS}\n");

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:2: server.host: the variable ADDRESS is not set; set it or write"
                + " ${ADDRESS:-default}");
    assertThat(folder.problems(Map.of("ADDRESS", "")))
        .containsExactly(
            "config/serai.yaml:2: server.host: the variable ADDRESS is empty; set it or write"
                + " ${ADDRESS:-default}");
  }

  /** Wherever a value may be: in a list, in a mapping, in place of either. */
  @Test
  void aVariableThatIsNotSetIsSaidInTheSameWordsEverywhere() {
    folder.yaml(
        """
        general:
          fallback_providers: [ollama, "${FIRST}", "${SECOND}"]
        auth:
          api_keys: ["${KEY}"]
        providers:
          openai:
            headers: {x-team: "${TEAM}"}
            models: ["${MODEL}", {name: "${OTHER}"}]
        models:
          fast: {targets: ["${TARGET}", {model: "${TARGET_TOO}"}]}
        console: ${CONSOLE}
        """);

    List<String> problems = folder.problems(Map.of());
    for (String variable :
        List.of(
            "FIRST",
            "SECOND",
            "MODEL",
            "OTHER",
            "TARGET",
            "TARGET_TOO",
            "CONSOLE",
            "TEAM",
            "KEY")) {
      assertThat(problems)
          .filteredOn(
              problem -> problem.contains(": the variable " + variable + " is not set; set it"))
          .as(variable + " in " + problems)
          .hasSize(1)
          .allMatch(problem -> problem.matches("config/serai.yaml:[0-9]+: [a-z].*"));
    }
    assertThat(problems).noneMatch(problem -> problem.contains("was read"));
  }

  @Test
  void aValueFromAVariableIsNotShown() {
    folder.yaml("server:\n  port: ${SOME_KEY}\n");

    assertThat(folder.problems(Map.of("SOME_KEY", "sk-canary")))
        .singleElement()
        .asString()
        .contains("\"${SOME_KEY}\" was read")
        .doesNotContain("canary");
  }

  @Test
  void unknownTopLevelKeysAreRefused() {
    folder.yaml("servers:\n  port: 1\n");

    assertThat(folder.problems(Map.of()))
        .containsExactly(
            "config/serai.yaml:1: servers: unknown key; did you mean server? allowed at the top:"
                + " alerts, auth, budgets, cache, console, fairness, general, guards, limits, log,"
                + " models, personas, privacy, providers, retry, routes, routing, secrets, serai,"
                + " server, state, tracing, upstream");
  }

  @Test
  void twoDollarsEscapeAVariable() {
    folder.yaml("tracing:\n  service_name: a$${b}\n");

    assertThat(folder.settings(Map.of()).tracing().serviceName()).isEqualTo("a${b}");
  }

  @Test
  void aDuplicateKeyIsRefused() {
    folder.yaml("server:\n  port: 1\n  host: localhost\n  port: 2\n");

    assertThat(folder.problems(Map.of()))
        .containsExactly("config/serai.yaml:4: server.port: duplicate key; the first is in line 2");
  }

  @Test
  void tagsAnchorsAndAliasesAreRefused() {
    folder.yaml("server: &a\n  host: !!str x\nlog: *a\n");

    assertThat(folder.problems(Map.of()))
        .contains(
            "config/serai.yaml:1: server: anchors and aliases are not allowed; repeat the value",
            "config/serai.yaml:2: server.host: tags (!) are not allowed; remove the tag",
            "config/serai.yaml:3: log: anchors and aliases are not allowed; repeat the value");
  }

  @Test
  void anAliasInThePlaceOfAMappingIsOneMistake() {
    folder.yaml("models:\n  one: &a {targets: persona/guide}\n  two: *a\n");

    assertThat(folder.problems(Map.of()))
        .hasSize(2)
        .allSatisfy(one -> assertThat(one).contains("anchors and aliases are not allowed"));
  }

  @Test
  void theOppositeOfAValueIsNotASuggestion() {
    folder.yaml("privacy: {action: on}\n");
    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .contains("privacy.action: \"on\" was read; must be one of")
        .doesNotContain("did you mean");

    folder.yaml("privacy: {action: of}\n");
    assertThat(folder.problems(Map.of())).singleElement().asString().endsWith("mean off?)");
  }

  @Test
  void aMasterKeyThatIsRefusedIsNamedWithItsSetting() {
    String rule =
        ": master_key is refused: a master key must have at least 32 characters; make one with:"
            + " openssl rand -hex 32";
    assertThat(folder.problems(Map.of("SERAI_MASTER_KEY", "short")))
        .containsExactly("environment variable SERAI_MASTER_KEY" + rule);
    assertThat(folder.problems(Map.of("SERAI_MASTER_KEY", ",")))
        .containsExactly(
            "environment variable SERAI_MASTER_KEY: master_key is refused: it has no key");
  }

  @Test
  void malformedYamlIsReportedWithItsLine() {
    folder.yaml("server:\n  host: [a\nlog: x\n");

    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/serai.yaml:3: the file is not valid YAML: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: port: 9000 | 1: the file is not valid YAML | indent the key as the others",
        "server:\\n"
            + "  port: 9000\\n"
            + " host: x | 3: the file is not valid YAML | indent the line as the",
        "log:\\n  file: \"serai.log | 2: the file is not valid YAML | a quote is not closed",
        "log:\\n  file: @x | 2: the file is not valid YAML | put the value in quotes",
        "log:\\n\\tlevel: info | 2: the file is not valid YAML | Do not use"
      })
  void aFileThatIsNotYamlSaysWhatToDoInThatLine(String text, String place, String advice) {
    folder.yaml(text.replace("\\n", "\n").replace("\\t", "\t"));

    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/serai.yaml:" + place)
        .contains(advice);
  }

  @Test
  void aFileThatIsTooLargeTooDeepOrNotUtf8IsRefused() throws IOException {
    folder.yaml("# " + "x".repeat(1024 * 1024));
    assertThat(folder.problems(Map.of()))
        .containsExactly("config/serai.yaml: the file is larger than 1 MiB");

    folder.yaml("server: " + "[".repeat(50_000));
    assertThat(folder.problems(Map.of()))
        .containsExactly("config/serai.yaml:1: the file is nested deeper than 16 levels");

    Files.write(path.resolve("config/serai.yaml"), new byte[] {(byte) 0xC3, 0x28});
    assertThat(folder.problems(Map.of()))
        .containsExactly("config/serai.yaml:1: the line is not UTF-8 text; save the file as UTF-8");
  }

  @Test
  void aFileNamedByAVariableMustExist() throws IOException {
    Files.createDirectories(path.resolve("folder"));
    assertThat(folder.problems(Map.of("SERAI_CONFIG", "elsewhere.yaml")))
        .containsExactly(
            "environment variable SERAI_CONFIG: the file elsewhere.yaml does not exist");
    assertThat(folder.problems(Map.of("SERAI_CONFIG", "folder")))
        .containsExactly("environment variable SERAI_CONFIG: folder is a folder, not a file");
  }

  @Test
  void anEmptyFileAndEmptyPartsChangeNothing() {
    folder.yaml("server:\nmodels:\n# nothing yet\n");

    assertThat(folder.settings(Map.of()).server()).isEqualTo(ServerSettings.defaults());
  }

  @Test
  void anAliasHasAShortAndALongForm() {
    folder.yaml(
        """
        models:
          fast: openai/gpt-4o-mini
          smart:
            targets:
              - model: openai/gpt-4o
                weight: 3
              - anthropic/claude-sonnet-4-5
            fallbacks: ollama/llama3:70b
            strategy: load_balanced
        """);

    assertThat(folder.settings(Map.of()).models())
        .containsExactly(
            Map.entry(
                "fast",
                new AliasSettings(
                    List.of(new TargetSettings("openai/gpt-4o-mini", 1)),
                    List.of(),
                    Optional.empty(),
                    FailoverSettings.defaults(),
                    Optional.empty(),
                    Map.of(),
                    ParameterSettings.defaults(),
                    DeadlineOverrides.NONE,
                    AliasHedgingSettings.defaults(),
                    FanOutSettings.defaults())),
            Map.entry(
                "smart",
                new AliasSettings(
                    List.of(
                        new TargetSettings("openai/gpt-4o", 3),
                        new TargetSettings("anthropic/claude-sonnet-4-5", 1)),
                    List.of(new TargetSettings("ollama/llama3:70b", 1)),
                    Optional.of(Strategy.LOAD_BALANCED),
                    FailoverSettings.defaults(),
                    Optional.empty(),
                    Map.of(),
                    ParameterSettings.defaults(),
                    DeadlineOverrides.NONE,
                    AliasHedgingSettings.defaults(),
                    FanOutSettings.defaults())));
  }

  @Test
  void mistakesInAliasesAreReported() {
    folder.yaml(
        """
        models:
          fast: gpt-4o-mini
          a/b: openai/x
          none:
            fallbacks: [openai/x]
          empty: []
          zero:
            targets: [{model: openai/x, weight: 0}]
        """);

    assertThat(folder.problems(Map.of()))
        .containsExactlyInAnyOrder(
            "config/serai.yaml:2: models.fast: \"gpt-4o-mini\" was read; model must have the form"
                + " provider/model, as in PROVIDER/gpt-4o-mini; it cannot be another alias",
            "config/serai.yaml:3: models.a/b: an alias must not be empty or contain a slash",
            "config/serai.yaml:4: models.none: the member 'targets' is missing; add it",
            "config/serai.yaml:6: models.empty: an empty list was read; at least one value is"
                + " required",
            "config/serai.yaml:8: models.zero.targets[0].weight: \"0\" was read; must be a whole"
                + " number from 1 to 1000000");
  }

  @Test
  void theExampleIsValid() throws IOException {
    Path example =
        Path.of(System.getProperty("serai.checkout")).resolve("config/serai.example.yaml");
    folder.yaml(Files.readString(example));

    Settings settings = folder.settings(Map.of("GROQ_API_KEY", "x", "OPENAI_API_KEY", "y"));

    assertThat(settings.models()).containsOnlyKeys("fast", "smart");
    assertThat(settings.enabledProviders())
        .extracting("name")
        .containsExactly("openai", "groq", "ollama", "persona", "workstation");
  }
}
