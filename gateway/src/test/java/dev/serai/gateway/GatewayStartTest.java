package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that cannot start reports why. */
class GatewayStartTest {
  @Test
  void aPortInUseIsTheReasonOfTheFailure(@TempDir Path folder) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          Map.of(
              "SERVER_PORT", Integer.toString(other.getLocalPort()),
              "LOG_FILE", folder.resolve("serai.log").toString(),
              "SERAI_MODEL_LISTS", "false");
      Settings settings = Settings.load(environment, folder);
      Path checkout = Path.of(System.getProperty("serai.checkout", ".."));

      assertThatThrownBy(() -> Gateway.start(settings, environment, checkout))
          .hasStackTraceContaining("Address already in use");
    }
  }

  @Test
  void aSettingThatCannotBeUsedLeavesNoLogOpen(@TempDir Path folder) {
    Map<String, String> environment =
        Map.of(
            "SERVER_PORT", "0",
            "LOG_FILE", folder.resolve("serai.log").toString(),
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317",
            "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    Settings settings = Settings.load(environment, folder);

    assertThatThrownBy(() -> Gateway.start(settings, environment, folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "tracing.protocol (OTEL_EXPORTER_OTLP_PROTOCOL): grpc is not supported; set"
                + " http/protobuf and the HTTP port");
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("log-writer"));
  }

  @Test
  void anAddressThatOthersReachWithoutAKeyIsASettingThatIsWrong(@TempDir Path folder) {
    Map<String, String> open =
        Map.of(
            "SERVER_HOST", "0.0.0.0",
            "SERVER_PORT", "0",
            "LOG_FILE", folder.resolve("serai.log").toString());
    Settings settings = Gateway.settings(open, folder);
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    assertThatThrownBy(() -> Gateway.start(settings, open, checkout))
        .isInstanceOfSatisfying(
            SettingsException.class, wrong -> assertThat(Main.code(wrong)).isEqualTo(2))
        .hasMessageContaining("no API keys are set");
    assertThat(Main.code(new IllegalArgumentException("a setting"))).isEqualTo(2);
    assertThat(Main.code(new IllegalStateException("a route"))).isEqualTo(1);
  }

  @Test
  void whatOnlyAFeatureCouldRefuseIsFoundWithAllOtherMistakes(@TempDir Path folder) {
    Map<String, String> wrong =
        Map.of(
            "SERVER_PORT", "x",
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318",
            "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
            "HTTPS_PROXY", "ftp://user:canary@proxy",
            "http_proxy", "http://proxy:port");
    assertThatThrownBy(() -> check(folder, wrong))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("environment variable SERVER_PORT: \"x\" was read")
        .hasMessageContaining("environment variable OTEL_EXPORTER_OTLP_PROTOCOL: grpc is not")
        .hasMessageContaining("environment variable HTTPS_PROXY: ")
        .hasMessageContaining("environment variable http_proxy: ")
        .hasMessageContaining("must be http://[user:password@]host[:port]")
        .satisfies(mistakes -> assertThat(mistakes.toString()).doesNotContain("canary"));
  }

  @Test
  void theRequestToTryHasAKeyIfOneIsNeeded(@TempDir Path folder) throws Exception {
    String key = "x".repeat(16) + "0123456789abcdef";
    assertThat(greeting(folder, Map.of("SERAI_API_KEYS", "alice:" + key)))
        .contains("-H \"authorization: Bearer $KEY\"", "an API key is required; keys: alice")
        .doesNotContain(key);
    assertThat(greeting(folder, Map.of())).contains("try it:").doesNotContain("Bearer");
  }

  @Test
  void theRequestToTryIsOneThatWorks(@TempDir Path folder) throws Exception {
    String key = "x".repeat(16) + "0123456789abcdef";
    Path file = folder.resolve("serai.yaml");
    String keys = "auth: {keys: [{name: app, key: '" + key + "', %s}]}\n";

    Files.writeString(file, "models: {fast: persona/guide}\n" + keys.formatted("models: [fast]"));
    assertThat(greeting(folder, Map.of()))
        .contains("try it, with the key app as KEY:", "\"model\":\"fast\"")
        .doesNotContain("\"model\":\"persona/guide\"", key);

    Files.writeString(file, keys.formatted("models: ['openai/*']"));
    assertThat(greeting(folder, Map.of()))
        .contains("/v1/models -H \"authorization: Bearer $KEY\"")
        .doesNotContain("/v1/chat/completions");

    Files.writeString(file, keys.formatted("role: auditor"));
    assertThat(greeting(folder, Map.of()))
        .contains("no API key may call a model yet: ./serai keys create --name NAME makes one")
        .doesNotContain("curl");

    Files.writeString(file, "providers: {persona: {enabled: false}, ollama: {enabled: false}}\n");
    assertThat(greeting(folder, Map.of()))
        .contains("no model can be called yet: docs/providers.md")
        .doesNotContain("curl");

    Files.writeString(
        file, "providers: {persona: {enabled: false}}\nmodels: {off: groq/a, on: ollama/b}\n");
    assertThat(greeting(folder, Map.of())).contains("\"model\":\"on\"");
  }

  @Test
  void aGuardWhoseRouteDoesNotExistIsFoundByTheCheckAndNamedAtTheStart(@TempDir Path folder)
      throws Exception {
    Files.createDirectories(folder.resolve("serai.d"));
    Files.writeString(
        folder.resolve("serai.yaml"),
        "guards: {moderation: {kind: route, on: input, route: check-wrods}}");
    Path file = folder.resolve("serai.d/words.camel.yaml");
    Files.writeString(file, route("check-words"));
    String missing =
        folder.resolve("serai.yaml")
            + ": guards.moderation.route: there is no route direct:check-wrods; did you mean"
            + " check-words?; correct the name, or add the route to a file in "
            + folder.resolve("serai.d");
    assertThat(check(folder, Map.of())).containsExactly(missing);
    assertThat(greeting(folder, Map.of())).contains("warning    " + missing);

    Files.writeString(file, route("check-wrods"));
    assertThat(check(folder, Map.of())).isEmpty();
    assertThat(greeting(folder, Map.of())).doesNotContain("guards.moderation");
  }

  @Test
  void aKeyInThePlaceOfANameIsNotInTheReportOrTheLog(@TempDir Path folder) throws Exception {
    String key = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c";
    Files.writeString(
        folder.resolve("serai.yaml"),
        """
        auth: {keys: [{name: KEY, key: k1-0123456789abcdefghij}]}
        providers: {KEY: {kind: openai-compatible, base_url: "http://127.0.0.1:9/v1"}}
        guards: {KEY: {kind: route, on: input, route: KEY}}
        models: {KEY: {targets: [persona/guide]}}
        """
            .replace("KEY", key));
    assertThat(check(folder, Map.of()))
        .singleElement()
        .asString()
        .contains("guards.9f86d0[redacted].route: there is no route")
        .doesNotContain(key);
    assertThat(greeting(folder, Map.of()).replaceAll("\"model\":\"\\w+", ""))
        .contains("keys: 9f86d0[redacted]")
        .doesNotContain(key);
    assertThat(Files.readString(folder.resolve("serai.log"))).doesNotContain(key);
  }

  private static String route(String name) {
    return "- route:\n    id: "
        + name
        + "\n    from:\n      uri: direct:"
        + name
        + "\n      steps: [{setBody: {constant: x}}]\n";
  }

  @Test
  void aCheckNamesProvidersOfRouteFilesWithoutTheirKey(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("serai.d"));
    Files.writeString(
        folder.resolve("serai.d/extra.camel.yaml"),
        """
        - route:
            id: adapter-extra
            from:
              uri: direct:adapter-extra
              steps:
                - to:
                    uri: kamelet:openai-compatible
                    parameters:
                      provider: extra
                      baseUrl: http://127.0.0.1:9/v1
                      keyName: EXTRA_KEY
        """);
    assertThat(checked(folder, Map.of()).warnings())
        .singleElement()
        .asString()
        .contains("extra.camel.yaml", "EXTRA_KEY is not set");
  }

  @Test
  void theReportAtTheStartNamesReferencesAndShowsNoSecret(@TempDir Path folder) throws Exception {
    Path key = Files.writeString(folder.resolve("openai"), "key-canary-0123456789");
    assertThat(greeting(folder, Map.of("OPENAI_API_KEY", "file:" + key)))
        .contains("secrets    file:" + key, "provider keys  OPENAI_API_KEY")
        .doesNotContain("canary");
  }

  private static String greeting(Path folder, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    environment.put("SERVER_PORT", "0");
    environment.put("SERAI_MODEL_LISTS", "false");
    Path checkout =
        Path.of(System.getProperty("serai.checkout", "..")).toAbsolutePath().normalize();
    Settings settings = Gateway.settings(environment, folder);
    try (Gateway gateway = Gateway.start(settings, environment, checkout)) {
      Home home = Home.of(Optional.of(folder.toString()), environment, checkout);
      return new Greeting(settings, environment, gateway).text(home, checkout);
    }
  }

  private static List<String> check(Path folder, Map<String, String> more) throws Exception {
    return checked(folder, more).faults();
  }

  private static Gateway.Checked checked(Path folder, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    return Gateway.check(Gateway.settings(environment, folder), environment, checkout);
  }

  @Test
  void aCheckFindsWhatIsWrongWithRoutesAndLeavesStateAndPortAlone(@TempDir Path folder)
      throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> port = Map.of("SERVER_PORT", Integer.toString(other.getLocalPort()));
      assertThat(check(folder, port)).isEmpty();

      Files.createDirectories(folder.resolve("serai.d"));
      Files.writeString(
          folder.resolve("serai.d/mine.camel.yaml"),
          "- route:\n    id: mine\n    from:\n      uri: no-such-component:x\n      steps: []\n");
      assertThat(check(folder, port))
          .singleElement()
          .asString()
          .contains("mine.camel.yaml:")
          .contains("no-such-component");
      assertThat(folder.resolve(".serai")).doesNotExist();
    }
  }
}
