package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.NonChatReplies;
import dev.serai.e2e.provider.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls other than chat: forwarded byte by byte, counted, retried where that is safe. */
class NonChatTest {
  private static final String JSON = "application/json";

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway = RunningGateway.in(folder).providersAt(provider.url()).start();
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  @BeforeEach
  void forget() {
    provider.forget();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/generations, openai/gpt-image-1",
    "/v1/audio/speech, openai/tts-1",
    "/v1/moderations, openai/omni-moderation-latest",
    "/v1/rerank, openai/rerank-1"
  })
  void jsonIsForwardedWithoutTheModelsPrefix(String path, String model) throws Exception {
    String body = "{ \"x\" : [1.0,\"ü\"],\"model\":\"" + model + "\" , \"input\":\"a\"}";
    HttpResponse<byte[]> reply = post(path, JSON, BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).as(text(reply)).isEqualTo(200);
    Received sent = provider.received().getLast();
    assertThat(sent.path()).isEqualTo(path);
    assertThat(new String(sent.body(), StandardCharsets.UTF_8))
        .isEqualTo(body.replace("openai/", ""));
    assertThat(sent.header("authorization")).contains("Bearer " + RunningGateway.CANARY);
    assertThat(header(reply, "x-serai-provider")).isEqualTo("openai");
    assertThat(header(reply, "x-serai-model")).isEqualTo(model.substring(7));
    assertThat(header(reply, "x-request-id")).isNotEmpty();
  }

  @Test
  void aFormIsForwardedWithoutTheModelsPrefix() throws Exception {
    byte[] sound = Arrays.copyOf(NonChatReplies.sound(), 40_000_000);
    byte[] form = form("openai/whisper-1", sound);
    HttpResponse<byte[]> reply =
        post(
            "/v1/audio/transcriptions",
            "multipart/form-data; boundary=xYz",
            BodyPublishers.ofByteArray(form));
    assertThat(reply.statusCode()).as(text(reply)).isEqualTo(200);
    assertThat(parsed(reply).path("text").asText()).isEqualTo(ClientSettings.HELLO);
    Received sent = provider.received().getLast();
    assertThat(sent.body()).isEqualTo(form("whisper-1", sound));
    assertThat(sent.header("content-type")).contains("multipart/form-data; boundary=xYz");
  }

  @Test
  void soundComesAsItIs() throws Exception {
    String body = "{\"model\":\"tts-1\",\"input\":\"Hello\",\"voice\":\"alloy\"}";
    HttpResponse<byte[]> reply = post("/v1/audio/speech", JSON, BodyPublishers.ofString(body));
    assertThat(reply.body()).isEqualTo(NonChatReplies.sound());
    assertThat(header(reply, "content-type")).isEqualTo("audio/mpeg");
  }

  @Test
  void filesGoToTheDefaultProviderOrToTheOneNamed() throws Exception {
    HttpResponse<byte[]> listed = send("GET", "/v1/files?limit=2&provider=openai&after=x");
    assertThat(parsed(listed).at("/data/0/object").asText()).isEqualTo("file");
    assertThat(provider.received().getLast().path()).isEqualTo("/v1/files?limit=2&after=x");
    assertThat(text(send("GET", "/v1/files/file-7/content"))).isEqualTo(NonChatReplies.FILE);
    assertThat(parsed(send("DELETE", "/v1/files/file-7")).path("deleted").asBoolean()).isTrue();
    assertThat(provider.received().getLast().method()).isEqualTo("DELETE");
    assertThat(parsed(send("POST", "/v1/batches/b-7/cancel")).path("status").asText())
        .isEqualTo("cancelling");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/files?provider=nobody, 404, There is no provider 'nobody'.",
    "/v1/files?provider=anthropic, 400, The provider 'anthropic' does not offer files."
        + " Providers that may: openai.",
    "/v1/files?provider=persona, 400, The provider 'persona' does not offer files."
        + " Providers that may: openai."
  })
  void aProviderThatHasItNotIsSaidSo(String path, int status, String message) throws Exception {
    HttpResponse<byte[]> reply = send("GET", path);
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(parsed(reply).at("/error/message").asText()).isEqualTo(message);
    assertThat(provider.received()).isEmpty();
  }

  @Test
  void aModelOfAProviderThatHasItNotIsSaidSo() throws Exception {
    String body = "{\"model\":\"anthropic/claude-sonnet-4-5\",\"prompt\":\"a\"}";
    HttpResponse<byte[]> reply =
        post("/v1/images/generations", JSON, BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(parsed(reply).at("/error/code").asText()).isEqualTo("unsupported_operation");
  }

  @Test
  void aFailureKeepsItsStatusAndIsRetriedOnlyWhereThatIsSafe() throws Exception {
    String body = "{\"model\":\"error-500\",\"input\":\"a\"}";
    assertThat(post("/v1/moderations", JSON, BodyPublishers.ofString(body)).statusCode())
        .isEqualTo(500);
    assertThat(provider.received()).hasSizeGreaterThan(1);
    provider.forget();
    assertThat(post("/v1/batches", JSON, BodyPublishers.ofString(body)).statusCode())
        .isEqualTo(500);
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void tokensAreCounted() throws Exception {
    String body = "{\"model\":\"gpt-image-1-counted\",\"prompt\":\"a\"}";
    HttpResponse<byte[]> reply =
        post("/v1/images/generations", JSON, BodyPublishers.ofString(body));
    assertThat(parsed(reply).at("/usage/output_tokens").asInt())
        .isEqualTo(NonChatReplies.PICTURE_OUTPUT);
    String metrics = text(send("GET", "/metrics"));
    assertThat(metrics)
        .contains(
            "llm_tokens_total{kind=\"output\",model=\"gpt-image-1-counted\",provider=\"openai\"}"
                + " 1056.0")
        .contains("gen_ai_operation_name=\"images\"");
    gateway.awaitLogged("gpt-image-1-counted");
  }

  @ParameterizedTest
  @CsvSource({"openai/e", "openai/numbers-only", "ollama/e", "gemini/e"})
  void embeddingsArriveAsNumbersOrAsBase64(String model) throws Exception {
    String body = "{\"model\":\"" + model + "\",\"input\":[\"a\",\"b\"]";
    HttpResponse<byte[]> numbers =
        post("/v1/embeddings", JSON, BodyPublishers.ofString(body + "}"));
    assertThat(parsed(numbers).path("data")).as(text(numbers)).hasSize(2);
    assertThat(parsed(numbers).at("/data/1/embedding").toString())
        .isEqualTo(Arrays.toString(NonChatReplies.VECTOR).replace(" ", ""));
    assertThat(parsed(numbers).at("/usage/prompt_tokens").asInt())
        .isEqualTo(model.startsWith("gemini") ? 2 : NonChatReplies.TOKENS);
    assertThat(header(numbers, "x-serai-estimated"))
        .isEqualTo(model.startsWith("gemini") ? "true" : "");
    String base64 = body + ",\"encoding_format\":\"base64\"}";
    HttpResponse<byte[]> text = post("/v1/embeddings", JSON, BodyPublishers.ofString(base64));
    assertThat(parsed(text).at("/data/0/embedding").asText()).isEqualTo("AACAPgAAwL8K1yM8");
  }

  @Test
  void tokensThatNoProviderCountsAreEstimatedAndMarked() throws Exception {
    String body = "{\"model\":\"gemini/e\",\"input\":[\"How many tokens are these?\",\"Six.\"]}";
    HttpResponse<byte[]> reply = post("/v1/embeddings", JSON, BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).as(text(reply)).isEqualTo(200);
    JsonNode attempt =
        parsed(send("GET", "/v1/usage/" + header(reply, "x-request-id"))).at("/attempts/0");
    assertThat(attempt.path("operation").asText()).isEqualTo("embeddings");
    assertThat(attempt.path("estimated").asBoolean()).isTrue();
    assertThat(attempt.path("input_tokens").asLong())
        .isEqualTo(parsed(reply).at("/usage/prompt_tokens").asLong())
        .isBetween(7L, 10L);
    assertThat(attempt.path("output_tokens").asLong()).isZero();
  }

  @Test
  void embeddingsOfAProviderWithoutThemAreRefused() throws Exception {
    String body = "{\"model\":\"anthropic/claude-sonnet-4-5\",\"input\":\"a\"}";
    HttpResponse<byte[]> reply = post("/v1/embeddings", JSON, BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(parsed(reply).at("/error/message").asText())
        .isEqualTo(
            "The provider 'anthropic' does not offer embeddings."
                + " Providers that may: gemini, ollama, openai.");
  }

  @ParameterizedTest
  @CsvSource({"openai", "anthropic", "ollama"})
  void aPromptIsCompleted(String p) throws Exception {
    String body = "{\"model\":\"" + p + "/text\",\"prompt\":\"Say\",\"max_tokens\":9,\"echo\":true";
    HttpResponse<byte[]> whole = post("/v1/completions", JSON, BodyPublishers.ofString(body + "}"));
    assertThat(parsed(whole).path("object").asText()).as(text(whole)).isEqualTo("text_completion");
    assertThat(parsed(whole).at("/choices/0/text").asText()).isEqualTo(ClientSettings.HELLO);
    assertThat(parsed(whole).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(parsed(whole).at("/usage/total_tokens").asInt()).isEqualTo(18);
    assertThat(header(whole, "x-serai-dropped")).isEqualTo(p.equals("openai") ? "" : "echo");
    HttpResponse<byte[]> streamed =
        post("/v1/completions", JSON, BodyPublishers.ofString(body + ",\"stream\":true}"));
    StringBuilder said = new StringBuilder();
    for (String line : text(streamed).lines().filter(l -> l.startsWith("data: {")).toList()) {
      JsonNode chunk = Caller.parse(line.substring(6));
      assertThat(chunk.path("object").asText()).isEqualTo("text_completion");
      assertThat(chunk.path("choices")).as(line).isNotEmpty();
      said.append(chunk.at("/choices/0/text").asText());
    }
    assertThat(said).hasToString(ClientSettings.HELLO);
    assertThat(text(streamed)).endsWith("data: [DONE]\n\n");
  }

  @Test
  void severalPromptsReachNoProviderThatOnlyChats() throws Exception {
    String body = "{\"model\":\"anthropic/text\",\"prompt\":[\"a\",\"b\"]}";
    HttpResponse<byte[]> reply = post("/v1/completions", JSON, BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(parsed(reply).at("/error/param").asText()).isEqualTo("prompt");
  }

  private static byte[] form(String model, byte[] sound) throws IOException {
    java.io.ByteArrayOutputStream form = new java.io.ByteArrayOutputStream(sound.length + 1000);
    form.writeBytes(
        ("--xYz\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                + "content-type: audio/wav\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    form.writeBytes(sound);
    form.writeBytes(
        ("\r\n--xYz\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\n"
                + model
                + "\r\n--xYz--\r\n")
            .getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static HttpResponse<byte[]> post(String path, String type, BodyPublisher body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("content-type", type)
            .POST(body)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> send(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode parsed(HttpResponse<byte[]> reply) {
    return Caller.parse(text(reply));
  }

  private static String text(HttpResponse<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<byte[]> reply, String name) {
    return reply.headers().firstValue(name).orElse("");
  }
}
