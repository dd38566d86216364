package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller wants kept outlives the gateway, and a conversation goes on where it was. */
class StoredResponsesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;
  private final CassetteServer provider = CassetteServer.start();

  @AfterEach
  void stop() {
    provider.close();
  }

  private RunningGateway start() {
    return RunningGateway.in(folder).providersAt(provider.url()).start();
  }

  @Test
  void aConversationGoesOnAfterARestartAtAProviderOfAnyDialect() throws Exception {
    for (String model : List.of("openai/text", "anthropic/text")) {
      String first;
      String second;
      try (RunningGateway gateway = start()) {
        first = respond(gateway.url(), model, "What was asked first?", "");
        second = respond(gateway.url(), model, "What was asked next?", first);
      }
      try (RunningGateway gateway = start()) {
        JsonNode shown = send(gateway.url(), "GET", "/v1/responses/" + second, 200);
        assertThat(shown.path("id").asText()).isEqualTo(second);
        String third = respond(gateway.url(), "ollama/text", "And last?", second);
        String told = new String(provider.received().getLast().body(), StandardCharsets.UTF_8);
        assertThat(told).contains("What was asked first?", "What was asked next?", "And last?");

        JsonNode items =
            send(gateway.url(), "GET", "/v1/responses/" + second + "/input_items?order=asc", 200);
        assertThat(items.path("data")).hasSize(3);
        send(gateway.url(), "DELETE", "/v1/responses/" + second, 200);
        send(gateway.url(), "GET", "/v1/responses/" + second, 404);
      }
      try (RunningGateway gateway = start()) {
        send(gateway.url(), "GET", "/v1/responses/" + second, 404);
        send(gateway.url(), "GET", "/v1/responses/" + first, 200);
        JsonNode refused = send(gateway.url(), "POST", "/v1/responses/" + first + "/cancel", 400);
        assertThat(refused.at("/error/message").asText()).contains("background=true");
      }
    }
  }

  /** What is forgotten goes the same way to the database, behind what was answered before. */
  @Test
  void whatWasBroughtToTheDatabaseOutlivesAKill() throws Exception {
    RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
    String first;
    try (GatewayProcess gateway = GatewayProcess.start(folder, plan)) {
      first = respond(gateway.url(), "openai/text", "What was asked first?", "");
      String gone = respond(gateway.url(), "openai/text", "Forget this", "");
      send(gateway.url(), "DELETE", "/v1/responses/" + gone, 200);
      gateway.kill();
    }
    try (GatewayProcess gateway = GatewayProcess.start(folder, plan)) {
      respond(gateway.url(), "anthropic/text", "What next?", first);
      String told = new String(provider.received().getLast().body(), StandardCharsets.UTF_8);
      assertThat(told).contains("What was asked first?", "What next?");
      send(gateway.url(), "DELETE", "/v1/responses/" + first, 200);
    }
  }

  /** Its id. */
  private static String respond(String url, String model, String words, String before)
      throws Exception {
    String previous = before.isEmpty() ? "" : ",\"previous_response_id\":\"" + before + "\"";
    String body = "{\"model\":\"" + model + "\",\"input\":\"" + words + "\"" + previous + "}";
    return send(request(url, "POST", "/v1/responses", body), 200).path("id").asText();
  }

  private static JsonNode send(String url, String method, String path, int expectedStatus)
      throws Exception {
    return send(request(url, method, path, ""), expectedStatus);
  }

  private static HttpRequest request(String url, String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("content-type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static JsonNode send(HttpRequest request, int expectedStatus) throws Exception {
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expectedStatus);
    return Caller.parse(response.body());
  }
}
