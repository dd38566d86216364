package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./serai check} prints. */
class CheckCommandTest {
  private static final String BROKEN =
      "- route:\n    id: mine\n    from:\n      uri: no-such-component:x\n      steps: []\n";

  @TempDir Path folder;

  private CheckCommand.Report check(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    Path checkout =
        Path.of(System.getProperty("serai.checkout", "..")).toAbsolutePath().normalize();
    Home home = Home.of(Optional.of(folder.toString()), environment, checkout);
    return new CheckCommand(environment, home, checkout).run();
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void wrongSettingsAndWrongRouteFilesAreReportedTogether() throws Exception {
    write("serai.yaml", "server:\n  port: eighty\nproviders: {mine: {kind: openai-compatible}}\n");
    write("serai.d/mine.camel.yaml", BROKEN);

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults()).hasSize(3);
    assertThat(report.faults().get(0)).contains("serai.yaml:2", "server.port", "eighty");
    assertThat(report.faults().get(1)).contains("serai.yaml:3", "base_url is missing");
    assertThat(report.faults().get(2)).contains("mine.camel.yaml:", "no-such-component");
  }

  @Test
  void theFileOfAnotherProgramDoesNotHideWrongRouteFiles() throws Exception {
    write("serai.yaml", "model_list: []\n");
    write("serai.d/mine.camel.yaml", BROKEN);

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults()).hasSize(2);
    assertThat(report.faults().getFirst()).contains("LiteLLM");
    assertThat(report.faults().getLast()).contains("no-such-component");
  }

  @Test
  void theGatewayThatWouldBeOpenToOtherMachinesIsNotReportedForKeysThatAreWrong() throws Exception {
    write("serai.yaml", "server: {host: 0.0.0.0}\nauth: {api_keys: 7}\n");

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults()).singleElement().asString().contains("auth.api_keys");
  }

  @Test
  void neitherAGatewayThatIsOpenNorAWrongAliasHidesWrongRouteFiles() throws Exception {
    write("serai.d/mine.camel.yaml", BROKEN);
    write("serai.yaml", "server: {host: 0.0.0.0}\n");
    CheckCommand.Report open = check(Map.of());
    assertThat(open.code()).isEqualTo(2);
    assertThat(open.faults())
        .satisfiesExactly(
            first -> assertThat(first).contains("no API keys are set"),
            second -> assertThat(second).contains("mine.camel.yaml:", "no-such-component"));

    write("serai.yaml", "models: {a: gpt-4o}\nrouting: {failover: {kinds: 7}}\n");
    assertThat(check(Map.of()).faults())
        .satisfiesExactly(
            first -> assertThat(first).contains("models.a", "as in PROVIDER/gpt-4o"),
            second -> assertThat(second).contains("routing.failover.kinds"),
            third -> assertThat(third).contains("mine.camel.yaml:", "no-such-component"));
  }

  /** Every setting of docs/settings.md, with a value that none has. */
  @ParameterizedTest
  @ValueSource(strings = {"[[1]]", "{zz: 1}", "'no / of that'", "-1"})
  void whateverIsWrongInTheSettingsTheRoutesAreChecked(String value) throws Exception {
    write("serai.d/mine.camel.yaml", BROKEN);
    Map<String, Object> wrong = new TreeMap<>();
    Pattern row = Pattern.compile("^\\| `([a-z_]+\\.[^` ]+)` \\|", Pattern.MULTILINE);
    String page =
        Files.readString(
            Path.of(System.getProperty("serai.checkout", "..")).resolve("docs/settings.md"));
    row.matcher(page).results().forEach(found -> put(wrong, found.group(1), value));
    wrong.remove("routes"); // another folder would be read
    assertThat(wrong).hasSizeGreaterThan(10);
    write("serai.yaml", yaml(wrong));

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults()).hasSizeGreaterThan(20);
    assertThat(report.faults().getLast()).contains("mine.camel.yaml:", "no-such-component");
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> into, String path, String value) {
    String key = path.replaceFirst("\\..*", "").replace("NAME", "one");
    if (path.indexOf('.') < 0) {
      into.putIfAbsent(key, value);
    } else if (into.computeIfAbsent(key, _ -> new TreeMap<>()) instanceof Map<?, ?> inner) {
      put((Map<String, Object>) inner, path.substring(path.indexOf('.') + 1), value);
    }
  }

  private static String yaml(Map<?, ?> entries) {
    return entries.entrySet().stream()
        .map(
            entry -> {
              String key = String.valueOf(entry.getKey());
              String value =
                  entry.getValue() instanceof Map<?, ?> inner
                      ? yaml(inner)
                      : String.valueOf(entry.getValue());
              return key.endsWith("[]")
                  ? key.replace("[]", "") + ": [" + value + "]"
                  : key + ": " + value;
            })
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Test
  void theCheckNamesWhatItReadAndWhereItLooked() throws Exception {
    write("serai.d/mine.camel.yaml", BROKEN);
    CheckCommand.Report none = check(Map.of());
    assertThat(none.notes())
        .startsWith(
            "home       " + folder + " (--home)",
            "settings   no file, only defaults and variables; looked for config/serai.yaml,"
                + " serai.yaml, config/llm.toml, llm.toml in "
                + folder,
            "routes     " + folder.resolve("serai.d"))
        .anyMatch(note -> note.endsWith("/routes (Serai's own)"));

    write("config/serai.yaml", "# nothing yet\n");
    write("config/models.yaml", "models: {}\n");
    assertThat(check(Map.of()).notes())
        .contains(
            "settings   " + folder.resolve("config/serai.yaml"),
            "models     " + folder.resolve("config/models.yaml"),
            "warning    config/serai.yaml: has no settings, so that the defaults and the variables"
                + " apply");
  }

  @Test
  void anUnknownQuirkIsAnsweredWithThePageOfAll() throws Exception {
    write("config/serai.yaml", "providers: {groq: {api_key: k, quirks: [none-such]}}\n");
    assertThat(check(Map.of()).faults())
        .startsWith(
            "config/serai.yaml:1: providers.groq.quirks[0]: the dialect openai has no quirk"
                + " none-such; docs/quirks.md lists them");
  }

  @Test
  void theConfigurationOfLiteLlmWhereSettingsAreLookedForIsNamed() throws Exception {
    write("config.yaml", "model_list:\n  - {model_name: a}\n");
    write("config/other.yml", "a: 1\n");
    String warning =
        "warning    config.yaml: is LiteLLM's configuration, which Serai does not read; see"
            + " docs/migrating-from-litellm.md";
    assertThat(check(Map.of()).notes())
        .contains(warning)
        .noneMatch(note -> note.contains("config/other.yml"));

    write("serai.yaml", "{}\n");
    assertThat(check(Map.of()).notes())
        .as("it may stay after the move")
        .noneMatch(note -> note.startsWith("warning"));
  }

  @Test
  void aCheckLogsNothingAndNamesWhatARunningGatewayWouldLog() throws Exception {
    write("serai.d/mine.camel.yaml", BROKEN);
    write("serai.d/folder.camel.yaml/x", "");
    write(
        "serai.d/loop.camel.yaml",
        """
        - route:
            id: adapter-loop
            from:
              uri: direct:adapter-loop
              steps:
                - to:
                    uri: kamelet:openai-compatible
                    parameters: {provider: loop, baseUrl: "http://127.0.0.1:8000/v1"}
        """);
    CheckCommand.Report report = check(Map.of());
    assertThat(report.faults())
        .satisfiesExactly(
            first -> assertThat(first).contains("mine.camel.yaml:", "no-such-component"),
            second -> assertThat(second).contains("folder.camel.yaml cannot be read: "));
    assertThat(report.notes()).anyMatch(note -> note.contains("loop.camel.yaml:8: baseUrl: "));
    assertThat(folder.resolve("serai.log")).doesNotExist();
  }

  @Test
  void aKnownProviderWhoseRouteFileIsRefusedIsNamedWithTheReasonOnce() throws Exception {
    write("serai.d/ollama.camel.yaml", BROKEN);
    assertThat(check(Map.of()).faults())
        .singleElement()
        .asString()
        .contains("ollama", "cannot be served", "ollama.camel.yaml:", "no-such-component");
  }

  @Test
  void aHardBudgetThatRefusesModelsWithoutAPriceIsNamed() throws Exception {
    write(
        "serai.yaml",
        """
        providers:
          mine: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", models: [big, small]}
        models: {fast: mine/big, paid: openai/gpt-4o}
        budgets:
          team: {scope: tenant, value: public, limit: 5}
          one: {scope: model, value: small, limit: 5}
          soft: {scope: all, limit: 5, hard: false}
          free: {scope: all, limit: 5, allow_unpriced: true}
        """);
    String refused =
        ": calls that it counts get 403 model_not_priced for models whose price is not known: ";
    String advice =
        "; set their price in config/models.yaml, or allow_unpriced: true for the budget";
    assertThat(check(Map.of("OPENAI_API_KEY", "k")).notes())
        .filteredOn(note -> note.contains("budgets."))
        .containsExactly(
            "warning    "
                + folder.resolve("serai.yaml")
                + ": budgets.team"
                + refused
                + "mine/big, mine/small"
                + advice,
            "warning    "
                + folder.resolve("serai.yaml")
                + ": budgets.one"
                + refused
                + "mine/small"
                + advice);

    write("models.yaml", "models: {mine/*: {price: {input: 1, output: 2}}}\n");
    assertThat(check(Map.of("OPENAI_API_KEY", "k")).notes())
        .noneMatch(note -> note.contains("budgets."));
  }

  @Test
  void wrongRouteFilesAloneAreOne() throws Exception {
    write("serai.d/mine.camel.yaml", BROKEN);
    CheckCommand.Report report = check(Map.of());
    assertThat(report.code()).isEqualTo(1);
    assertThat(report.faults()).singleElement().asString().contains("no-such-component");
  }

  @ParameterizedTest
  @ValueSource(strings = {"300.1.1.1", "my_host", "no-such-host.invalid"})
  void aHostWithoutAnAddressIsNamed(String host) throws Exception {
    write(
        "serai.yaml",
        "server: {host: " + host + "}\nauth: {api_keys: [k7Qm2Zx9Lp4Rt8Vw1Yc5Nb3d]}\n");
    assertThat(check(Map.of()).faults())
        .singleElement()
        .asString()
        .startsWith("serai.yaml:1: server.host: " + host + " is neither an IP address nor the name")
        .contains("; set it to 127.0.0.1");
  }

  @Test
  void aRouteWithAnAddressOfItsOwnIsRefusedAndOneAtTheGatewaysIsNot() throws Exception {
    String route =
        """
        - route:
            id: own
            from:
              uri: netty-http:http://%s/own
              steps:
                - setBody: {constant: {expression: own}}
        """;
    write("serai.d/own.camel.yaml", route.formatted("0.0.0.0:0"));
    assertThat(check(Map.of()).faults())
        .singleElement()
        .asString()
        .contains(
            "own.camel.yaml:4: a route of its own listens at {{server.host}}:{{server.port}}");

    write("serai.d/own.camel.yaml", route.formatted("{{server.host}}:{{server.port}}"));
    assertThat(check(Map.of()).faults()).isEmpty();
  }

  @Test
  void whatTheStartNamesTheCheckNamesToo() throws Exception {
    write("serai.yaml", "");
    CheckCommand.Report report =
        check(Map.of("OTEL_EXPORTER_PROMETHEUS_PORT", "9464", "SERAI_CONSOL", "true"));
    assertThat(report.code()).isZero();
    assertThat(report.faults()).isEmpty();
    assertThat(report.notes())
        .contains("not read   OTEL_EXPORTER_PROMETHEUS_PORT: see docs/settings.md")
        .anyMatch(note -> note.startsWith("warning    ") && note.contains("SERAI_CONSOL"));
  }
}
