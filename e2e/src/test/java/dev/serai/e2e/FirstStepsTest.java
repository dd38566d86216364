package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.VertexServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does first: providers of their own, and variables that mean nothing. */
class FirstStepsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([\\w.]+)}}");

  @TempDir Path folder;
  private CassetteServer provider;
  private VertexServer vertex;

  @BeforeEach
  void start() {
    provider = CassetteServer.start();
    vertex = VertexServer.start();
  }

  @AfterEach
  void stop() {
    provider.close();
    vertex.close();
  }

  @Test
  void aProviderOfEachKindInTheSettingsServes() {
    String settings =
        """
        providers:
          a-workstation: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, models: [text]}
          b.claude: {kind: anthropic, base_url: "%1$s", api_key: %2$s}
          c_gemini: {kind: gemini, base_url: "%1$s", api_key: %2$s}
          d-ollama: {kind: ollama, base_url: "%1$s", api_key: %2$s}
          e-bedrock: {kind: bedrock, base_url: "%1$s"}
          openai: {kind: anthropic, base_url: "%1$s", api_key: %2$s}
          f-persona: {kind: persona}
          g-vertex: {kind: vertex, base_url: "%3$s"}
        """
            .formatted(provider.url(), RunningGateway.CANARY, vertex.url() + VertexServer.PROJECT);
    RunningGateway.write(folder.resolve("key.json"), vertex.key());
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .settings(settings)
            .with("AWS_ACCESS_KEY_ID", "AKIDSERAI")
            .with("AWS_SECRET_ACCESS_KEY", RunningGateway.CANARY)
            .with("GOOGLE_APPLICATION_CREDENTIALS", folder.resolve("key.json").toString());
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      for (String name :
          List.of("a-workstation", "b.claude", "c_gemini", "d-ollama", "e-bedrock", "openai")) {
        Caller.Reply reply = caller.chat(name + "/text");
        assertThat(reply.status()).as(name + ": " + reply.body() + gateway.log()).isEqualTo(200);
      }
      assertThat(caller.chat("f-persona/guide").status()).isEqualTo(200);
      assertThat(caller.chat("g-vertex/gemini-2.5-pro").content()).startsWith("Hello");
      assertThat(caller.chat("mistral/large").body())
          .contains(
              "\"message\":\"The provider 'mistral' is off: MISTRAL_API_KEY is not set. The"
                  + " model 'mistral/large' needs this provider.\"");
      assertThat(caller.chat("a-workstaton/text").body())
          .contains("Did you mean 'a-workstation/text'?");
      assertThat(caller.chat("text").status()).as("by the name of the model").isEqualTo(200);
    }
  }

  @Test
  void aFileWhoseKeyIsNotSetIsOffAndItsCallsNameTheVariableUntilTheSettingsHaveTheKey() {
    RunningGateway.write(
        folder.resolve("serai.d/extra.camel.yaml"), extra(provider.url(), "VENDOR_TOKEN"));
    RunningGateway.write(
        folder.resolve("serai.d/other.camel.yaml"),
        extra(provider.url(), "providers.groq.api_key").replace("extra", "other"));
    RunningGateway.Plan plan = RunningGateway.in(folder).settings("models: {fast: extra/text}\n");
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      for (String model : List.of("extra/text", "fast")) {
        Caller.Reply reply = caller.chat(model);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).contains("The provider 'extra' is off: VENDOR_TOKEN is not set.");
      }
      assertThat(provider.received("text")).isEmpty();
      gateway.awaitLogged(
          "extra.camel.yaml:12: the provider extra is off: VENDOR_TOKEN is not set");
      assertThat(caller.chat("other/text").status()).isEqualTo(404);

      plan.settings("providers: {groq: {api_key: %s}}\n".formatted(RunningGateway.CANARY));
      Until.holds(PATIENCE, "its key is read", () -> caller.chat("other/text").status() == 200);
      assertThat(caller.chat("extra/text").status()).isEqualTo(404);
    }
  }

  @Test
  void aProviderThatLeadsBackToSeraiIsRefusedAtOnce() {
    try (RunningGateway gateway = RunningGateway.in(folder).start();
        Caller caller = new Caller(gateway.url())) {
      String self = extra(gateway.url(), "NONE").replaceAll("\n +keyName: NONE", "");
      RunningGateway.write(folder.resolve("serai.d/extra.camel.yaml"), self);
      Until.holds(
          PATIENCE, "the loop is there", () -> caller.chat("extra/extra/x").status() == 508);
      assertThat(caller.chat("extra/extra/x").body())
          .contains("request_loop")
          .contains("leads to Serai itself");
    }
  }

  /** A route file with one more provider. */
  static String extra(String url, String keyName) {
    return """
    - route:
        id: adapter-extra
        description: One more provider
        from:
          uri: direct:adapter-extra
          steps:
            - to:
                uri: kamelet:openai-compatible
                parameters:
                  provider: extra
                  baseUrl: %s/v1
                  keyName: %s
    """
        .formatted(url, keyName);
  }

  @Test
  void aProviderThatCannotBeServedFailsTheStartWithItsPlace() {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .settings(
                """
                providers:
                  sound: {kind: ollama, base_url: "http://127.0.0.1:1"}
                  mine:
                    kind: openai-compatible
                    base_url: http://127.0.0.1:1/v1
                    quirks: [no-such-flag]
                """);

    assertThatThrownBy(plan::start)
        .hasStackTraceContaining("serai.yaml:")
        .hasStackTraceContaining("providers.mine")
        .hasStackTraceContaining("no-such-flag");
  }

  @Test
  void everyMistakeInTheSettingsIsListedWithItsLineAndWhatWasMeant() {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .settings(
                """
                providers:
                  workstation:
                    kind: openai-compatible
                    base_url: http://127.0.0.1:1/v1
                    quirks: [no-penaltys]
                models:
                  fast: workstaton/text
                """);

    assertThatThrownBy(plan::start)
        .message()
        .containsPattern("serai\\.yaml:5: .*no-penaltys.*did you mean no-penalties")
        .containsPattern("serai\\.yaml:7: .*workstaton.*did you mean workstation");
  }

  @Test
  void aNameOfAFileThatTheSettingsTakeIsRefusedWithBothPlaces() {
    RunningGateway.write(folder.resolve("serai.d/extra.camel.yaml"), extra(provider.url(), "K"));
    String settings =
        "providers:\n  extra: {kind: ollama, base_url: \"%s\"}\n".formatted(provider.url());

    assertThatThrownBy(RunningGateway.in(folder).with("K", "k").settings(settings)::start)
        .hasStackTraceContaining("serai.yaml:2")
        .hasStackTraceContaining("the route id adapter-extra is taken by ")
        .hasStackTraceContaining("extra.camel.yaml");
  }

  @Test
  void aFileThatTakesANameOfTheSettingsIsRefusedWithBothPlaces() {
    String settings =
        "providers:\n  extra: {kind: ollama, base_url: \"%s\"}\n".formatted(provider.url());
    RunningGateway.Plan plan = RunningGateway.in(folder).with("K", "k").settings(settings);
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      RunningGateway.write(folder.resolve("serai.d/late.camel.yaml"), extra(provider.url(), "K"));
      gateway.awaitLogged("late.camel.yaml:");
      assertThat(gateway.log())
          .containsPattern("the route id adapter-extra is taken by .*serai\\.yaml:2");
      assertThat(caller.chat("extra/text").status()).isEqualTo(200);
    }
  }

  @Test
  void aKnownProviderWhoseFileIsRefusedFailsTheStart() {
    RunningGateway.write(folder.resolve("serai.d/openai.camel.yaml"), "- route: {id: x}\n");

    assertThatThrownBy(RunningGateway.in(folder).providersAt(provider.url())::start)
        .hasStackTraceContaining("openai")
        .hasStackTraceContaining("cannot be served");
  }

  @Test
  void neitherTheEnvironmentNorAnEmptyVariableChangesAProperty() throws Exception {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings("server: {port: 0}\n")
            .with("SERVER_PORT", "")
            .with("SERVER_HOST", " ")
            .with("PROVIDER_OPENAI_BASEURL", "http://127.0.0.1:1/v1")
            .with("CAMEL_MAIN_AUTO_STARTUP", "false")
            .with("CAMEL_MAIN_AUTOSTARTUP", "false")
            .with("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:none")
            .with(
                "JAVA_TOOL_OPTIONS",
                "-Dprovider.openai.baseUrl=http://127.0.0.1:1/v1 -Dcamel.main.autoStartup=false")
            .with("LOG_FILE", "");
    placeholders().forEach(name -> plan.with(name, "http://127.0.0.1:1/of-the-environment"));
    try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
        Caller caller = new Caller(gateway.url())) {
      for (String model : List.of("openai/text", "anthropic/text", "gemini/text", "ollama/text")) {
        Caller.Reply reply = caller.chat(model);
        assertThat(reply.status()).as(model + ": " + reply.body()).isEqualTo(200);
      }
      assertThat(gateway.port()).isNotIn(80, 8000);
      assertThat(caller.get("/v1/providers").body()).doesNotContain("of-the-environment");
    }
  }

  /** Every placeholder of the routes and kamelets, as Camel looks for it in the environment. */
  private static Set<String> placeholders() throws IOException {
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    Set<String> names = new TreeSet<>();
    for (String part : List.of("routes", "adapters/kamelets")) {
      try (Stream<Path> files = Files.walk(checkout.resolve(part))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
          PLACEHOLDER
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1).replaceAll("[.-]", "_").toUpperCase(Locale.ROOT))
              .forEach(names::add);
        }
      }
    }
    names.removeAll(Set.of("SERVER_HOST", "SERVER_PORT")); // variables of Serai itself
    assertThat(names).contains("BASEURL", "PROVIDER_OPENAI_BASEURL", "QUIRKS");
    return names;
  }

  @Test
  void homeAndSettingsAreThoseOfTheArgumentsWhateverTheWorkingDirectoryIs() throws Exception {
    Path home = folder.resolve("home");
    Path elsewhere = folder.resolve("elsewhere");
    RunningGateway.write(home.resolve("my.yaml"), "models: {helper: persona/guide}\n");
    RunningGateway.write(elsewhere.resolve("config/serai.yaml"), "not: read\n");
    RunningGateway.Plan plan =
        RunningGateway.in(folder).with("LOG_FILE", "").with("SERAI_ROUTES", "");
    try (GatewayProcess gateway =
            GatewayProcess.start(
                elsewhere, plan, "--home", home.toString(), "--config=" + home.resolve("my.yaml"));
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("helper").status()).isEqualTo(200);
      assertThat(gateway.output())
          .contains("home       " + home + " (--home)")
          .contains("settings   " + home.resolve("my.yaml"))
          .contains("state      " + home.resolve(".serai"))
          .contains("database   sqlite:" + home.resolve(".serai/serai.db"))
          .contains("log        standard error");
      assertThat(home.resolve(".serai/serai.db")).exists();
      assertThat(elsewhere.resolve(".serai")).doesNotExist();
    }
  }

  @Test
  void aPortInUseIsSaidInOneLineWithTheAddressAndTheSetting() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());
      RunningGateway.Plan plan = RunningGateway.in(folder).with("SERVER_PORT", port);
      plan.with("LOG_FILE", "");
      try (GatewayProcess gateway = GatewayProcess.begin(folder, plan)) {
        assertThat(gateway.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(gateway.output().lines())
            .singleElement()
            .asString()
            .startsWith("serai: cannot start: cannot listen on 127.0.0.1:" + port)
            .contains("server.port", "SERVER_PORT");
      }
    }
  }

  @Test
  void anEditOfTheSettingsIsLiveAndAMistakeInThemIsRefused() {
    Path file = folder.resolve("serai.yaml");
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings("models: {fast: openai/text}\n");
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("quick").status()).isEqualTo(404);

      RunningGateway.write(file, "models: {quick: openai/text}\nretry: {max_attempts: 2}\n");
      Until.holds(PATIENCE, "live", () -> caller.chat("quick").status() == 200);
      assertThat(caller.chat("fast").status()).isEqualTo(404);
      gateway.awaitLogged("need a restart: retry");

      RunningGateway.write(file, "models: {quick: opnai/text}\n");
      gateway.awaitLogged("did you mean openai?");
      assertThat(caller.chat("quick").status()).isEqualTo(200);
    }
  }

  @Test
  void providersOfTheSettingsComeChangeAndGoWhileTheGatewayServes() {
    Path file = folder.resolve("serai.yaml");
    String mine =
        """
        providers:
          mine: {kind: %s, base_url: "%s", api_key: %s}
          ollama: {enabled: %s}
        """;
    String url = provider.url();
    String key = RunningGateway.CANARY;
    RunningGateway.Plan plan =
        RunningGateway.in(folder).with("OLLAMA_BASE_URL", url).settings("server: {port: 0}\n");
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("mine/text").status()).isEqualTo(404);
      assertThat(caller.chat("ollama/text").status()).isEqualTo(200);

      RunningGateway.write(file, mine.formatted("openai-compatible", url + "/v1", key, false));
      Until.holds(PATIENCE, "served", () -> caller.chat("mine/text").status() == 200);
      Until.holds(PATIENCE, "off", () -> caller.chat("ollama/text").status() == 404);

      RunningGateway.write(file, mine.formatted("anthropic", url, key, true));
      Until.holds(PATIENCE, "on", () -> caller.chat("ollama/text").status() == 200);
      assertThat(caller.chat("mine/text").status()).isEqualTo(200);
      assertThat(caller.get("/v1/providers").body()).contains("\"anthropic\"");

      RunningGateway.write(file, "server: {port: 0}\n");
      Until.holds(PATIENCE, "gone", () -> caller.chat("mine/text").status() == 404);
      assertThat(gateway.log()).doesNotContain(key);
    }
  }
}
