package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.core.problem.CallerProblem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API keys from the command line, with and without a gateway that runs. */
class KeysCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("SERAI_HOME", folder.toString());
    environment.put("SERVER_PORT", "0");
    environment.put("SERAI_MODEL_LISTS", "false");
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    return environment;
  }

  private String run(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      KeysCommand.run(List.of(arguments), environment(), out, InstantSource.system());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json(String... arguments) throws Exception {
    return new ObjectMapper().readTree(run(arguments)).path("data");
  }

  @Test
  void aKeyIsCreatedWithALimit() throws Exception {
    JsonNode key =
        json("create", "--name", "x", "--limit", "2.5", "--limit-reset", "daily", "--json");
    assertThat(key.path("limit").asText()).isEqualTo("2.5");
    assertThatThrownBy(() -> run("create", "--name", "y", "--limit", "much"))
        .hasMessageContaining("--limit needs a number of US dollars");
    assertThatThrownBy(() -> run("create", "--name", "y", "--limit-reset", "yearly"))
        .hasMessageContaining("daily, monthly, weekly");
  }

  @Test
  void aKeyIsShownWithAllThatIsSetForIt() throws Exception {
    run(
        "create",
        "--name=ci",
        "--team=web",
        "--tools=a,b*",
        "--tags=y,x",
        "--limit=2.5",
        "--limit-reset=daily",
        "--expires-at=2999-01-31");

    assertThat(run("show", "ci").lines())
        .contains(
            "name      ci",
            "state     active",
            "team      web",
            "user      none",
            "models    *",
            "tools     a, b*",
            "tags      x, y",
            "limits    none",
            "limit     USD 2.50 daily, USD 2.50 left",
            "spent     USD 0.00, USD 0.00 of it today, USD 0.00 this week, USD 0.00 this month",
            "expires   2999-01-31T00:00:00Z");
    JsonNode shown = json("show", "ci", "--json");
    assertThat(shown.path("tools")).hasToString("[\"a\",\"b*\"]");
    assertThat(shown.path("limit_reset").asText()).isEqualTo("daily");
    assertThat(shown.path("limit_remaining").asText()).isEqualTo("2.5");
    assertThat(shown.path("usage_monthly").asText()).isEqualTo("0");
    assertThat(shown.path("limits").isObject()).isTrue();
    assertThat(json("list", "--json").path(0)).isEqualTo(shown);
  }

  @Test
  void theFirstKeyIsPrintedOnceWithTheNextStep() {
    String text = run("create", "--name", "shop", "--models", "fast,openai/*");

    assertThat(text)
        .containsPattern("key   sk-serai-[A-Za-z0-9_-]{48}\n")
        .contains("From now on every request", "export SERAI_KEY=sk-serai-", "/v1/models -H");
    String secret = text.lines().findFirst().orElseThrow().substring(6);
    assertThat(run("list")).contains("shop", "fast,openai/*", "active").doesNotContain(secret);
    assertThat(run("create", "--name", "second")).doesNotContain("From now on");
  }

  @Test
  void aKeyIsShownDisabledRotatedAndRevokedByNameOrId() throws Exception {
    JsonNode made =
        json(
            "create",
            "--name=ci",
            "--role=user",
            "--tenant=acme",
            "--tags=a,b",
            "--expires-at=2999-01-31",
            "--json");
    assertThat(made.path("tags")).hasToString("[\"a\",\"b\"]");
    assertThat(made.path("expires_at").asText()).isEqualTo("2999-01-31T00:00:00.000Z");
    String id = made.path("id").asText();

    assertThat(json("show", id, "--json").path("name").asText()).isEqualTo("ci");
    assertThat(json("disable", "ci", "--json").path("disabled").asBoolean()).isTrue();
    assertThat(json("enable", "ci", "--json").path("disabled").asBoolean()).isFalse();
    JsonNode rotated = json("rotate", "ci", "--overlap-seconds", "60", "--json");
    assertThat(rotated.path("id").asText()).isEqualTo(id);
    assertThat(rotated.path("key").asText()).isNotEqualTo(made.path("key").asText());
    assertThat(run("revoke", "ci")).contains("is revoked", id);
    assertThat(run("list")).contains("There are no stored keys");
  }

  @Test
  void changesAreInTheAuditLogWithoutTheKey() throws Exception {
    String secret = json("create", "--name", "shop", "--json").path("key").asText();
    run("list");
    assertThatThrownBy(() -> run("create", "--name", "shop")).hasMessageContaining("already");
    run("revoke", "shop");

    StringBuilder log = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve(".serai/audit"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        log.append(Files.readString(file));
      }
    }
    assertThat(log.toString().lines().filter(line -> line.contains("serai keys"))).hasSize(6);
    assertThat(log.toString())
        .contains("serai keys create", "serai keys revoke", "key_name_taken")
        .doesNotContain(secret, "serai keys list");
  }

  @Test
  void aKeyCanHaveARoleOfTheSettings() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"), "auth:\n  roles:\n    desk: [chat:basic]\n");

    assertThat(json("create", "--name", "a", "--role", "desk", "--json").path("role").asText())
        .isEqualTo("desk");
    assertThatThrownBy(() -> run("create", "--name", "b", "--role", "dask"))
        .hasMessageContaining("Did you mean desk?");
  }

  @Test
  void aModelThatNoProviderServesIsAWarningAndTheKeyIsMade() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"), "models: {smart: {targets: [persona/guide]}}\n");
    String models = "smart,smatr,persona/*,persnoa/guide,gone/x,*";
    JsonNode made = json("create", "--name", "shop", "--models", models, "--json");
    assertThat(made.path("warnings").valueStream().map(JsonNode::asText))
        .satisfiesExactly(
            one -> assertThat(one).contains("'smatr'", "did you mean smart?"),
            two -> assertThat(two).contains("'persnoa/guide'", "did you mean persona?"),
            three -> assertThat(three).contains("'gone/x'").doesNotContain("mean"));
    assertThat(run("list")).contains("shop");
    assertThat(run("create", "--name", "b", "--models", "smatr")).contains("\nwarning: nothing");
    assertThat(run("create", "--name", "c")).doesNotContain("warning");
  }

  @Test
  void theNextStepCallsAModelThatIsServed() throws Exception {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"), "models: {fast: {targets: [persona/guide]}}\n");
    assertThat(run("create", "--name", "a", "--models", "fst,fast")).contains("\"model\":\"fast\"");
    assertThat(run("create", "--name", "b")).contains("\"model\":\"persona/guide\"");
    assertThat(run("create", "--name", "c", "--models", "persona/*"))
        .contains("\"model\":\"persona/guide\"");
    assertThat(run("create", "--name", "d", "--models", "fst"))
        .contains("/v1/models -H")
        .doesNotContain("\"model\":");
  }

  @Test
  void whatIsMisspeltIsNamedAndExitCodesTellWrongArgumentsFromRefusals() {
    assertThatThrownBy(() -> run("lst")).hasMessageContaining("did you mean list?");
    assertThatThrownBy(() -> run("create", "--nmae", "x")).hasMessageContaining("mean --name?");
    assertThatThrownBy(() -> run("create", "--name", "x", "--role", "boss"))
        .isInstanceOfSatisfying(CallerProblem.class, p -> assertThat(Main.code(p)).isEqualTo(2));
    assertThatThrownBy(() -> run("show", "none"))
        .isInstanceOfSatisfying(CallerProblem.class, p -> assertThat(Main.code(p)).isEqualTo(1));
  }

  @Test
  void wordsOfOtherProgramsLeadToTheRightOnes() {
    assertThatThrownBy(() -> run("delete", "x")).hasMessageEndingWith("did you mean revoke?");
    assertThatThrownBy(() -> run("generate")).hasMessageEndingWith("did you mean create?");
    assertThatThrownBy(() -> run("create", "shop")).hasMessageContaining("mean --name shop?");
    assertThatThrownBy(() -> run("create", "--key_alias", "x"))
        .hasMessageContaining("mean --name?");
    assertThatThrownBy(() -> run("create", "--max-budget", "5")).hasMessageContaining("--limit?");
    assertThatThrownBy(() -> run("create", "--name", "x", "--role", "boss"))
        .hasMessageStartingWith("There is no role 'boss'. There are admin, auditor, developer,");
    assertThatThrownBy(() -> run("create", "--name", "x", "--role", "develper"))
        .hasMessageContaining("Did you mean developer? There are admin,");
    assertThatThrownBy(() -> run("revoke", "sk-serai-0123456789abcdefghijklmnopqrstuvwxyz"))
        .hasMessageContaining("not the key itself")
        .hasMessageNotContaining("0123456789");
  }

  @Test
  void theEndOfTheLastKeySaysWhatFollows() throws Exception {
    String closed = "every request gets 401. Make another one with ./serai keys create --name NAME";
    run("create", "--name", "a");
    run("create", "--name", "b");
    assertThat(run("revoke", "a")).doesNotContain("gets 401");
    assertThat(run("disable", "b")).contains(closed + ", or enable one with ./serai keys enable");
    run("enable", "b");
    assertThat(run("revoke", "b")).contains("also after a restart", closed);
    run("create", "--name", "c");
    assertThat(
            new ObjectMapper()
                .readTree(run("revoke", "c", "--json"))
                .path("warnings")
                .get(0)
                .asText())
        .contains(closed);

    Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        folder.resolve("config/serai.yaml"),
        "auth: {keys: [{name: app, key: k1-0123456789abcdefghij}]}\n");
    run("create", "--name", "d");
    assertThat(run("revoke", "d")).doesNotContain("gets 401");
  }

  @Test
  void whatIsWrongIsSaidClearly() {
    assertThatThrownBy(() -> run("create")).hasMessageContaining("--name");
    assertThatThrownBy(() -> run("revoke")).hasMessageContaining("ID or the name");
    assertThatThrownBy(() -> run("destroy")).hasMessageContaining("destroy");
    assertThatThrownBy(() -> run("list", "--models", "x")).hasMessageContaining("--models");
    assertThatThrownBy(() -> run("create", "--name", "a b"))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("letters, digits");
    assertThatThrownBy(() -> run("create", "--name", "a", "--expires-at", "tomorrow"))
        .hasMessageContaining("--expires-at needs a date");
    assertThatThrownBy(() -> run("list", "--config", "none.yaml"))
        .hasMessageContaining("--config: the file")
        .hasMessageContaining("none.yaml does not exist");
    assertThat(run("list", "--tenant", "acme")).contains("no stored keys of the tenant 'acme'");
    assertThatThrownBy(() -> run("show", "none")).hasMessageContaining("no stored key 'none'");
    run("create", "--name", "twice");
    assertThatThrownBy(() -> run("create", "--name", "twice")).hasMessageContaining("already");
    run("create", "--name", "twice", "--tenant", "acme");
    assertThatThrownBy(() -> run("revoke", "twice")).hasMessageContaining("by its ID: key_");
  }

  @Test
  void aGatewayThatRunsKnowsTheKeySoonAndForgetsARevokedOne() throws Exception {
    Path checkout = Path.of(System.getProperty("serai.checkout", ".."));
    Map<String, String> environment = environment();
    try (Gateway gateway =
            Gateway.start(Gateway.settings(environment, folder), environment, checkout);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(status(client, gateway, "none")).as("open").isEqualTo(200);
      String secret = json("create", "--name", "shop", "--json").path("key").asText();
      until(client, gateway, "none", 401);
      assertThat(status(client, gateway, secret)).isEqualTo(200);
      run("revoke", "shop");
      until(client, gateway, secret, 401);
    }
  }

  private static void until(HttpClient client, Gateway gateway, String key, int wanted)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (status(client, gateway, key) != wanted) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static int status(HttpClient client, Gateway gateway, String key) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/v1/models");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("authorization", "Bearer " + key).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
