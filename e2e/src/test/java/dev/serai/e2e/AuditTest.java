package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of a gateway, as an administrator sees it over HTTP. */
class AuditTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADMIN = "admin-key-0123456789";
  private static final String USER = "user-key-0123456789a";
  private static final String NEW_KEY = "{\"name\":\"shop\"}";

  @TempDir Path folder;

  private RunningGateway gateway() {
    return RunningGateway.in(folder)
        .with("ROUTER_ADMIN_KEYS", ADMIN)
        .with("SERAI_API_KEYS", "alice:" + USER)
        .with("SERAI_STATE", folder.resolve("state").toString())
        .start();
  }

  private static HttpResponse<String> send(RunningGateway to, String path, String key, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to.url() + path))
            .header("authorization", "Bearer " + key);
    if (!body.isEmpty()) {
      request.header("content-type", "application/json").POST(BodyPublishers.ofString(body));
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static JsonNode read(RunningGateway from, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> reply = send(from, path, ADMIN, "");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  /** The entries, as soon as there are so many. */
  private static List<String> events(RunningGateway gateway, int count) {
    List<String> events = new ArrayList<>();
    Until.holds(
        Duration.ofSeconds(30),
        count + " entries",
        () -> {
          events.clear();
          entries(gateway).forEach(entry -> events.add(line(entry)));
          return events.size() >= count;
        });
    return events;
  }

  private static JsonNode entries(RunningGateway gateway) {
    try {
      return read(gateway, "/v1/audit").get("data");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String line(JsonNode entry) {
    return String.join(
        " ",
        entry.get("event").asText(),
        entry.get("key").asText(),
        entry.get("method").asText(),
        entry.get("path").asText(),
        entry.path("status").asText());
  }

  @Test
  void whatChangesTheGatewayIsRecordedBeforeAndAfterAndSoIsWhatIsRefused() throws Exception {
    try (RunningGateway gateway = gateway()) {
      HttpResponse<String> made = send(gateway, "/v1/keys", ADMIN, NEW_KEY);
      assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
      assertThat(events(gateway, 2))
          .containsExactly("done admin-1 POST /v1/keys 200", "begun admin-1 POST /v1/keys ");

      assertThat(send(gateway, "/v1/keys", USER, NEW_KEY).statusCode()).isEqualTo(403);
      assertThat(send(gateway, "/v1/keys", "unknown-0123456789ab", NEW_KEY).statusCode())
          .isEqualTo(401);
      assertThat(events(gateway, 4).subList(0, 2))
          .containsExactlyInAnyOrder(
              "refused alice POST /v1/keys 403", "refused  POST /v1/keys 401");

      assertThat(send(gateway, "/v1/audit", ADMIN, "").headers().firstValue("cache-control"))
          .contains("no-store");
      JsonNode verdict = read(gateway, "/v1/audit/verify");
      assertThat(verdict.get("valid").asBoolean()).isTrue();
      assertThat(verdict.get("entries").asInt()).isEqualTo(4);
      assertThat(gateway.log() + Files.readString(file())).doesNotContain(ADMIN, USER, "sk-serai-");
    }
  }

  @Test
  void aKeyInThePathIsNeitherRecordedNorLogged() throws Exception {
    String key = "sk-serai-3OxdvWw8rlhpJTIcRHJLAJ24u3cDUFoLU4wt7BxHiLWFwz1x";
    try (RunningGateway gateway = gateway()) {
      String path = "/v1/keys/" + key + "/rotate";
      assertThat(send(gateway, path, ADMIN, "{}").statusCode()).isEqualTo(404);
      assertThat(send(gateway, path, USER, "{}").statusCode()).isEqualTo(403);
      assertThat(events(gateway, 3))
          .containsExactlyInAnyOrder(
              "refused alice POST /v1/keys/[redacted]/rotate 403",
              "done admin-1 POST /v1/keys/[redacted]/rotate 404",
              "begun admin-1 POST /v1/keys/[redacted]/rotate ");
      gateway.awaitLogged("/v1/keys/[redacted]/rotate");
      assertThat(gateway.log()).doesNotContain(key);
      HttpResponse<String> named =
          send(gateway, "/v1/keys", ADMIN, "{\"name\":\"%s\"}".formatted(key));
      assertThat(named.statusCode()).isEqualTo(400);
      assertThat(named.body()).contains("has an API key").doesNotContain(key);
    }
  }

  private Path file() {
    return folder.resolve("state/audit/000000001.audit");
  }

  @Test
  void aChangedFileIsFoundAndTheEntryIsNamed() throws Exception {
    try (RunningGateway gateway = gateway()) {
      send(gateway, "/v1/keys", ADMIN, NEW_KEY);
      events(gateway, 2);
      Files.writeString(file(), Files.readString(file()).replaceFirst("admin-1", "admin-2"));
      JsonNode verdict = read(gateway, "/v1/audit/verify");
      assertThat(verdict.get("valid").asBoolean()).isFalse();
      assertThat(verdict.get("fault").asText()).startsWith("000000001.audit, line 1: ");
    }
  }

  @Test
  void withoutAnAuditLogNothingIsChangedAndReadingContinues() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(folder.resolve("state/audit"), "a file where the folder should be");
    try (RunningGateway gateway = gateway()) {
      HttpResponse<String> refused = send(gateway, "/v1/keys", ADMIN, NEW_KEY);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(JSON.readTree(refused.body()).at("/error/code").asText())
          .isEqualTo("audit_unavailable");
      assertThat(refused.headers().firstValue("retry-after")).isPresent();
      assertThat(read(gateway, "/v1/keys").get("data")).isEmpty();
    }
  }

  @Test
  void onlyTheRightParametersAreTaken() throws Exception {
    try (RunningGateway gateway = gateway()) {
      for (String query : List.of("limit=0", "limit=1001", "before=x", "page=2", "key=a&key=b")) {
        HttpResponse<String> refused = send(gateway, "/v1/audit?" + query, ADMIN, "");
        assertThat(refused.statusCode()).as(query).isEqualTo(400);
      }
    }
  }
}
