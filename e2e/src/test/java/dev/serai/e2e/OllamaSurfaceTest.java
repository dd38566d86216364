package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.NonChatReplies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ollama's API over every provider, as its clients see it on the wire. */
class OllamaSurfaceTest {
  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings("models:\n  fast: openai/text\n" + ClientSettings.PATIENT)
            .start();
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama"})
  void aChatIsAnsweredLineByLine(String p) throws Exception {
    HttpResponse<String> reply = post("/api/chat", "{\"model\":\"" + p + "/text\"," + MESSAGES);
    assertThat(reply.headers().firstValue("content-type")).contains("application/x-ndjson");
    List<JsonNode> lines = reply.body().lines().map(Caller::parse).toList();
    StringBuilder said = new StringBuilder();
    lines.forEach(line -> said.append(line.at("/message/content").asText()));
    assertThat(said).hasToString(ClientSettings.HELLO);
    assertThat(lines.subList(0, lines.size() - 1))
        .allMatch(line -> !line.path("done").asBoolean(true));
    JsonNode last = lines.getLast();
    assertThat(last.path("done").asBoolean()).isTrue();
    assertThat(last.path("done_reason").asText()).isEqualTo("stop");
    assertThat(last.path("prompt_eval_count").asInt()).isEqualTo(11);
    assertThat(last.path("eval_count").asInt()).isEqualTo(7);
    assertThat(last.path("total_duration").asLong()).isPositive();
  }

  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama"})
  void aNonStreamingResponseIsOneObject(String p) throws Exception {
    HttpResponse<String> reply =
        post("/api/chat", "{\"stream\":false,\"model\":\"" + p + "/tools-parallel\"," + MESSAGES);
    JsonNode message = Caller.parse(reply.body()).path("message");
    assertThat(message.path("content").asText()).isEqualTo("Looking.");
    assertThat(message.at("/tool_calls/0/function/arguments/city").asText()).isEqualTo("Zürich");
    assertThat(message.at("/tool_calls/1/function/name").asText()).isEqualTo("get_time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic"})
  void aPromptIsAnsweredLineByLine(String p) throws Exception {
    HttpResponse<String> reply =
        post("/api/generate", "{\"model\":\"" + p + "/text:latest\",\"prompt\":\"Hi\"}");
    StringBuilder said = new StringBuilder();
    reply.body().lines().forEach(l -> said.append(Caller.parse(l).path("response").asText()));
    assertThat(said).hasToString(ClientSettings.HELLO);
  }

  @ParameterizedTest
  @CsvSource({
    "openai/error-404, 404",
    "anthropic/error-400, 400",
    "ollama/error-500, 500",
    "nobody, 404"
  })
  void aFailureIsSaidInOllamasWords(String model, int status) throws Exception {
    HttpResponse<String> reply = post("/api/chat", "{\"model\":\"" + model + "\"," + MESSAGES);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(Caller.parse(reply.body()).path("error").isTextual()).as(reply.body()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "anthropic", "ollama"})
  void aStreamThatBreaksEndsWithAnError(String p) throws Exception {
    HttpResponse<String> reply =
        post("/api/chat", "{\"model\":\"" + p + "/error-after-200\"," + MESSAGES);
    assertThat(reply.statusCode()).isEqualTo(200);
    List<JsonNode> lines = reply.body().lines().map(Caller::parse).toList();
    assertThat(lines.getLast().path("error").isTextual()).as(reply.body()).isTrue();
    assertThat(lines).noneMatch(line -> line.path("done").asBoolean());
  }

  @ParameterizedTest
  @CsvSource({"/api/chat, GET, 405", "/api/pull, POST, 404"})
  void whatIsNotThereIsSaidInOllamasWords(String path, String method, int status) throws Exception {
    HttpResponse<String> reply = send(path, method, "");
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(Caller.parse(reply.body()).path("error").isTextual()).isTrue();
  }

  @Test
  void everyNameIsATag() throws Exception {
    JsonNode tags = Caller.parse(send("/api/tags", "GET", "").body()).path("models");
    assertThat(tags.findValuesAsText("name")).contains("fast", "persona/guide");
    assertThat(tags.path(0).path("digest").asText()).hasSize(64);
    JsonNode shown = Caller.parse(post("/api/show", "{\"model\":\"fast:latest\"}").body());
    assertThat(shown.path("capabilities").toString()).contains("tools");
    assertThat(post("/api/show", "{\"model\":\"nobody\"}").statusCode()).isEqualTo(404);
    assertThat(Caller.parse(send("/api/version", "GET", "").body()).has("version")).isTrue();
    assertThat(send("/api/ps", "GET", "").body()).isEqualTo("{\"models\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai/e", "openai/numbers-only", "ollama/e", "gemini/e"})
  void embeddingsArriveInOllamasFormat(String model) throws Exception {
    String vector = Arrays.toString(NonChatReplies.VECTOR).replace(" ", "");
    JsonNode several =
        Caller.parse(
            post("/api/embed", "{\"model\":\"" + model + "\",\"input\":[\"a\",\"b\"]}").body());
    assertThat(several.at("/embeddings/1").toString()).isEqualTo(vector);
    assertThat(several.path("prompt_eval_count").asInt())
        .isEqualTo(model.startsWith("gemini") ? 2 : NonChatReplies.TOKENS);
    JsonNode one =
        Caller.parse(
            post("/api/embeddings", "{\"model\":\"" + model + "\",\"prompt\":\"a\"}").body());
    assertThat(one.path("embedding").toString()).isEqualTo(vector);
  }

  @Test
  void chatModelsAreListedWithTheUsualOne() throws Exception {
    JsonNode list = Caller.parse(send("/api/chat/models", "GET", "").body());
    assertThat(list.path("default").asText()).isNotEmpty();
    assertThat(list.path("total_available").asInt()).isEqualTo(list.path("models").size());
    assertThat(list.path("preferred").toString()).isEqualTo("[\"fast\"]");
    JsonNode first = list.at("/models/0");
    assertThat(first.path("id").asText()).isEqualTo("fast");
    assertThat(first.path("is_preferred").asBoolean()).isTrue();
    assertThat(first.path("available").asBoolean()).isTrue();
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return send(path, "POST", body);
  }

  private static HttpResponse<String> send(String path, String method, String body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
