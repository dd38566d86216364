package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Received;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of providers that are stored over HTTP, in two gateways with one database. */
class CredentialsTest {
  private static final String ADMIN = "admin-canary-0123456789abcdef";
  private static final String MASTER = "master-canary-0123456789abcdef-0123456789";
  private static final String SECRET = "key-canary-stored-0123456789-wxyz";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway here;
  private static RunningGateway there;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    here = gateway("here");
    there = gateway("there");
    http = new Caller(here.url());
  }

  private static RunningGateway gateway(String name) {
    return RunningGateway.in(folder.resolve(name))
        .providersAt(provider.url())
        .settings(
            """
            providers:
              late: {kind: openai-compatible, base_url: "%s/v1", enabled: true}
            """
                .formatted(provider.url()))
        .with("SERAI_STATE", folder.resolve("state").toString())
        .with("SERAI_MASTER_KEY", MASTER)
        .with("SERAI_CONSOLE", Boolean.toString(name.equals("here"))) // it turns JMX on
        .with("ROUTER_ADMIN_KEYS", ADMIN)
        .with("SERAI_API_KEYS", "app:app-canary-0123456789abcdef")
        .start();
  }

  @AfterAll
  static void stop() {
    http.close();
    here.close();
    there.close();
    provider.close();
  }

  private static Caller.Reply manage(String method, String path, String body) {
    return http.send(method, here.url() + "/admin/credentials" + path, ADMIN, body);
  }

  private static JsonNode store(String name, String key) {
    String body = "{\"provider\":\"" + name + "\",\"key\":\"" + key + "\"}";
    Caller.Reply stored = manage("POST", "", body);
    assertThat(stored.status()).as(stored.body()).isEqualTo(200);
    return stored.json().path("data");
  }

  /** The credential that the provider gets from a gateway. */
  private static String sentBy(RunningGateway gateway, String model) {
    provider.forget();
    http.send(
        "POST",
        gateway.url() + "/v1/chat/completions",
        "app-canary-0123456789abcdef",
        Caller.body(model, false));
    return provider.received().stream()
        .findFirst()
        .map(Received::headers)
        .map(headers -> headers.getOrDefault("authorization", "none"))
        .orElse("nothing");
  }

  private static void becomes(String credential, RunningGateway gateway, String model) {
    Until.holds(SOON, credential, () -> sentBy(gateway, model).equals(credential));
  }

  @Test
  void aStoredKeyReplacesThatOfTheEnvironmentEverywhereUntilItIsDeleted() {
    String before = "Bearer " + RunningGateway.CANARY;
    assertThat(sentBy(here, "openai/text")).isEqualTo(before);
    JsonNode stored = store("openai", SECRET);
    becomes("Bearer " + SECRET, here, "openai/text");
    becomes("Bearer " + SECRET, there, "openai/text");

    JsonNode listed = manage("GET", "", "").json().at("/data/0");
    assertThat(listed).isEqualTo(stored);
    assertThat(listed.path("hint").asText()).isEqualTo("...wxyz");
    assertThat(listed.path("usable").asBoolean()).isTrue();
    assertThat(manage("POST", "/reencrypt", "").json().path("reencrypted").asInt()).isZero();

    String id = "/" + stored.path("id").asText();
    assertThat(manage("DELETE", id, "").json().path("deleted").asBoolean()).isTrue();
    becomes(before, here, "openai/text");
    becomes(before, there, "openai/text");
    assertThat(manage("DELETE", id, "").status()).isEqualTo(404);
  }

  @Test
  void theFirstCallAfterTheReplyUsesTheChangedKeys() {
    String before = sentBy(here, "gemini/text");
    for (int i = 0; i < 20; i++) {
      String key = "key-canary-swift-0123456789-" + i;
      JsonNode stored = store("openai", key);
      assertThat(sentBy(here, "openai/text")).isEqualTo("Bearer " + key);
      manage("DELETE", "/" + stored.path("id").asText(), "");
      assertThat(sentBy(here, "openai/text")).isEqualTo("Bearer " + RunningGateway.CANARY);
    }
    assertThat(sentBy(here, "gemini/text")).isEqualTo(before);
  }

  @Test
  void aProviderThatLacksItsKeyIsServedAsSoonAsOneIsStored() {
    assertThat(sentBy(here, "late/text")).isEqualTo("none");
    JsonNode stored = store("late", "key-canary-late-0123456789-abcd");
    becomes("Bearer key-canary-late-0123456789-abcd", here, "late/text");
    becomes("Bearer key-canary-late-0123456789-abcd", there, "late/text");
    manage("DELETE", "/" + stored.path("id").asText(), "");
    becomes("none", there, "late/text");
  }

  @Test
  void whatCannotBeStoredIsRefusedAndOtherKeysMayNotStore() {
    Caller.Reply misspelt = manage("POST", "", "{\"provider\":\"opnai\",\"key\":\"x\"}");
    assertThat(misspelt.status()).isEqualTo(400);
    assertThat(misspelt.body()).contains("Did you mean openai?");
    Caller.Reply two = manage("POST", "", "{\"provider\":\"openai\",\"key\":\"a,b\"}");
    assertThat(two.json().at("/param").asText()).isEqualTo("key");
    String url = here.url() + "/admin/credentials";
    String app = "app-canary-0123456789abcdef";
    assertThat(http.send("GET", url, app, "").status()).isEqualTo(403);
    assertThat(http.send("POST", url, app, "{}").status()).isEqualTo(403);
    assertThat(http.send("GET", url, "unknown", "").status()).isEqualTo(401);
  }

  @Test
  void aKeyInThePlaceOfAnIdIsNotRepeated() {
    String key = "sk-proj-canary-0123456789";
    assertThat(manage("DELETE", "/" + key, "").body()).doesNotContain(key);
    String keys = here.url() + "/v1/keys/";
    assertThat(http.send("GET", keys + key, ADMIN, "").body()).doesNotContain(key);
    assertThat(http.send("PATCH", keys + key, ADMIN, "{}").body()).doesNotContain(key);
  }

  @Test
  void aStoredKeyIsInNothingThatTheGatewayPrintsAnswersOrStores() throws Exception {
    JsonNode stored = store("anthropic", SECRET);
    Until.holds(
        SOON,
        "the stored key is used",
        () -> {
          sentBy(here, "anthropic/text");
          return provider.received().stream()
              .anyMatch(request -> SECRET.equals(request.headers().get("x-api-key")));
        });
    sentBy(here, "anthropic/nothing-of-that-name");
    Map<String, String> outputs = new TreeMap<>(managed());
    outputs.put("the reply", stored.toString());
    String whole = "{\"provider\":\"%s\",\"key\":\"%s\"}";
    outputs.put("bad key", manage("POST", "", whole.formatted("openai", SECRET + ",")).body());
    outputs.put("bad provider", manage("POST", "", whole.formatted("unknown", SECRET)).body());
    outputs.put("key as provider", manage("POST", "", whole.formatted(SECRET, "x")).body());
    outputs.put("bad member", manage("POST", "", "{\"" + SECRET + "\":1}").body());
    String keys = here.url() + "/v1/keys";
    outputs.put("bad key", http.send("POST", keys, ADMIN, "{\"" + SECRET + "\":1}").body());
    outputs.put("bad JSON", manage("POST", "", "{\"key\":\"" + SECRET).body());
    for (String path :
        List.of("/metrics", "/v1/providers", "/v1/usage", "/v1/audit", "/admin/credentials")) {
      outputs.put(path, http.send("GET", here.url() + path, ADMIN, "").body());
    }
    outputs.putAll(files());
    assertThat(outputs).hasSizeGreaterThan(50);
    outputs.values().removeIf(text -> !text.contains(SECRET) && !text.contains(MASTER));
    assertThat(outputs.keySet()).isEmpty();
  }

  /** Every attribute that can be read over JMX. */
  private static Map<String, String> managed() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Map<String, String> values = new TreeMap<>();
    for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
      for (String attribute : attributes(server, name)) {
        values.put(name + " " + attribute, value(server, name, attribute));
      }
    }
    return values;
  }

  /** None if the bean has gone meanwhile: routes are reloaded. */
  private static List<String> attributes(MBeanServer server, ObjectName name) throws JMException {
    try {
      return Stream.of(server.getMBeanInfo(name).getAttributes())
          .map(MBeanAttributeInfo::getName)
          .toList();
    } catch (InstanceNotFoundException e) {
      return List.of();
    }
  }

  private static String value(MBeanServer server, ObjectName name, String attribute) {
    try {
      return String.valueOf(server.getAttribute(name, attribute));
    } catch (JMException | RuntimeException e) { // some attributes need what is off
      return e.toString();
    }
  }

  /** What is on the disk: the database and the logs. */
  private static Map<String, String> files() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(
            file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}
