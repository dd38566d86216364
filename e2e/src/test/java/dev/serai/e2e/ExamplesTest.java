package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.provider.Provider;
import dev.serai.gateway.Gateway;
import dev.serai.gateway.secrets.KeyValueServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the documentation and of {@code config} is run. */
class ExamplesTest {
  /** Long and random enough for callers and issuers, too. */
  private static final String SECRET = "k7Qm2Zx9Lp4Rt8Vw1Yc5Nb3dHj6Sg0Uf";

  private static final Pattern PROVIDERS = Pattern.compile("(?m)^providers:");
  private static final Pattern BLOCK =
      Pattern.compile("^```(yaml|toml)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("id: (?:adapter-)?([a-z0-9-]+)");
  private static final Pattern KEY_NAME = Pattern.compile("keyName: ([A-Z_0-9]+)");
  private static final Pattern FILE = Pattern.compile("/(?:etc/serai|run/secrets)/([a-z._]+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_0-9]+)}");

  private final Path checkout =
      Path.of(System.getProperty("serai.checkout", "..")).toAbsolutePath().normalize();
  @TempDir Path folder;

  /**
   * An example.
   *
   * @param place the page and its number on the page
   */
  private record Example(String place, String language, String text) {
    boolean isRoute() {
      return text.startsWith("- route");
    }

    /** The settings of a program that is a client of Serai. */
    boolean isOfAClient() {
      return place.startsWith("clients.md");
    }

    String fileName() {
      boolean models = text.startsWith("models:") && text.lines().anyMatch(Example::isPriced);
      return language.equals("toml")
          ? "config/llm.toml"
          : models ? "config/models.yaml" : "config/serai.yaml";
    }

    /** A key of models.yaml has a slash. */
    private static boolean isPriced(String line) {
      return line.matches("  [^ #:]+/[^ :]+:.*");
    }
  }

  private List<Example> examples() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(checkout.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(checkout.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    List<Example> examples = new ArrayList<>();
    for (Path page : pages) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        String place = page.getFileName() + " " + (examples.size() + 1);
        examples.add(new Example(place, block.group(1), block.group(2)));
      }
    }
    return examples.stream().filter(example -> !example.isOfAClient()).toList();
  }

  @Test
  void theExampleFilesStartWithoutTheirVariables() throws IOException {
    for (String name : List.of("serai", "models")) {
      String text = Files.readString(checkout.resolve("config/" + name + ".example.yaml"));
      RunningGateway.write(folder.resolve("config/" + name + ".yaml"), text);
    }
    RunningGateway.Plan plan = RunningGateway.in(folder).with("SERVER_PORT", "0");
    for (Example example : examples()) {
      Matcher id = ID.matcher(example.text());
      if (example.isRoute() && id.find()) {
        Path file = folder.resolve("serai.d/" + id.group(1) + ".camel.yaml");
        RunningGateway.write(file, example.text());
        KEY_NAME.matcher(example.text()).results().forEach(key -> plan.with(key.group(1), "key"));
      }
    }
    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      String providers = caller.get("/v1/providers").body();
      assertThat(providers).contains("\"workstation\"").contains("\"cerebras\"");
      assertThat(caller.get("/hello").body()).isEqualTo("hello");
      assertThat(gateway.log()).doesNotContain("\"refused ");
    }
  }

  @Test
  void everyBlockOfSettingsInTheDocumentationIsValid() throws IOException {
    List<Example> settings = examples().stream().filter(example -> !example.isRoute()).toList();
    assertThat(settings).hasSizeGreaterThanOrEqualTo(4);
    try (KeyValueServer vault = KeyValueServer.start()) {
      vault.keep("secret/data/serai", "{\"db_password\":\"" + SECRET + "\"}");
      for (int i = 0; i < settings.size(); i++) {
        Path alone = folder.resolve("example-" + i);
        Example example = settings.get(i);
        String text = withFiles(example.text(), alone);
        RunningGateway.write(alone.resolve(example.fileName()), text);
        Map<String, String> environment = variables(text);
        environment.put("VAULT_ADDR", vault.url());
        environment.put("VAULT_TOKEN", vault.token());
        Settings read = Gateway.settings(environment, alone);
        assertThat(read.warnings()).as(example.place()).noneMatch(line -> line.contains("mean"));
        if (PROVIDERS.matcher(text).find()) {
          serves(read, alone);
        }
      }
    }
  }

  /** The text with files that are there instead of those of the operator. */
  private static String withFiles(String text, Path folder) {
    Matcher file = FILE.matcher(text);
    while (file.find()) {
      RunningGateway.write(folder.resolve(file.group(1)), SECRET);
    }
    return file.replaceAll(found -> folder.resolve(found.group(1)).toString());
  }

  /** Keys, and the URL of Redis, for the variables that the example names. */
  private static Map<String, String> variables(String text) {
    Map<String, String> environment = new HashMap<>();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String name = variable.group(1);
      environment.put(name, name.equals("REDIS_URL") ? "redis://127.0.0.1:6379" : SECRET);
    }
    return environment;
  }

  private void serves(Settings written, Path alone) {
    try (RunningGateway gateway =
            RunningGateway.in(alone)
                .with("OPENAI_API_KEY", "key")
                .with("SERAI_CONFIG", written.file().orElseThrow().toString())
                .start();
        Caller caller = new Caller(gateway.url())) {
      String providers = caller.get("/v1/providers").body();
      assertThat(written.enabledProviders())
          .map(Provider::name)
          .allSatisfy(name -> assertThat(providers).contains('"' + name + '"'));
    }
  }

  @Test
  void aDatabaseThatIsNotKnownIsAMistakeWithoutItsPassword() {
    assertThatThrownBy(
            () -> Gateway.settings(Map.of("DATABASE_URL", "mysql://me:canary@db/x"), folder))
        .hasMessageStartingWith("environment variable DATABASE_URL: the database must be sqlite")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(
            () -> Gateway.settings(Map.of("DATABASE_URL", "postgres://me:can ary@db/x"), folder))
        .hasMessageNotContaining("ary@");
  }

  @Test
  void anUnknownDefaultModelIsAWarningAndAKnownOneIsNot() {
    assertThat(Gateway.settings(Map.of("DEFAULT_MODEL", "gpt-99-turbo"), folder).warnings())
        .containsExactly(
            "environment variable DEFAULT_MODEL: no alias or known model is named gpt-99-turbo");
    assertThat(
            Gateway.settings(Map.of("DEFAULT_MODEL", "gpt-4o", "OPENAI_API_KEY", "a"), folder)
                .warnings())
        .isEmpty();
  }

  @Test
  void anAllowListThatNoProviderServesIsAWarningWithTheReason() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"),
        """
        auth:
          keys:
            - {name: a, key: k1-0123456789abcdef, models: [gpt-4o]}
            - {name: b, key: k2-0123456789abcdef, models: [claude-sonnet-4-5, claude-sonet-4-5]}
        """);
    Map<String, String> environment = Map.of("ANTHROPIC_API_KEY", "a");
    assertThat(Gateway.settings(environment, folder).warnings())
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith(
                        "config/serai.yaml:3: auth.keys[0].models: nothing serves 'gpt-4o':")
                    .contains("no provider that has it is on: ", "OPENAI_API_KEY is not set"),
            second ->
                assertThat(second)
                    .isEqualTo(
                        "config/serai.yaml:4: auth.keys[1].models: nothing serves"
                            + " 'claude-sonet-4-5': no alias or known model is named"
                            + " claude-sonet-4-5; did you mean claude-sonnet-4-5?"));
  }
}
