package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.Received;
import dev.serai.e2e.provider.VertexServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gemini and Claude models on Vertex AI, with the key of a service account. */
class VertexTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MODELS = VertexServer.PROJECT + "/publishers/";

  @TempDir Path folder;
  private VertexServer vertex;

  @BeforeEach
  void start() {
    vertex = VertexServer.start();
  }

  @AfterEach
  void stop() {
    vertex.close();
  }

  private RunningGateway.Plan plan() {
    RunningGateway.write(folder.resolve("key.json"), vertex.key());
    return RunningGateway.in(folder)
        .with("VERTEX_PROJECT", "acme")
        .with("VERTEX_LOCATION", "europe-west1")
        .with("VERTEX_BASE_URL", vertex.url())
        .with("GOOGLE_APPLICATION_CREDENTIALS", folder.resolve("key.json").toString());
  }

  private Received only(String path) {
    List<Received> received = vertex.received(path);
    assertThat(received).hasSize(1);
    return received.getFirst();
  }

  @Test
  void bothPublishersAreCalledWithOneToken() {
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("vertex/gemini-2.5-pro").content()).startsWith("Hello");
      assertThat(caller.stream("vertex/gemini-2.5-pro").streamed()).startsWith("Hello");
      assertThat(caller.chat("vertex/claude-sonnet-4-5@20250929").content()).startsWith("Hello");
      assertThat(caller.stream("vertex/claude-sonnet-4-5@20250929").isFinished()).isTrue();

      Received gemini = only(MODELS + "google/models/gemini-2.5-pro:generateContent");
      assertThat(gemini.header("x-goog-api-key")).isEmpty();
      only(MODELS + "google/models/gemini-2.5-pro:streamGenerateContent?alt=sse");
      Received claude = only(MODELS + "anthropic/models/claude-sonnet-4-5@20250929:rawPredict");
      assertThat(claude.json().path("anthropic_version").asText()).isEqualTo("vertex-2023-10-16");
      assertThat(claude.json().has("model")).isFalse();
      assertThat(claude.header("anthropic-version")).isEmpty();
      only(MODELS + "anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict");
      assertThat(vertex.received("/token")).hasSize(1);
      assertThat(gateway.log() + caller.get("/v1/providers").body() + caller.get("/metrics").body())
          .doesNotContain(VertexServer.TOKEN)
          .doesNotContain("PRIVATE KEY");
    }
  }

  @Test
  void theBytesOfAnthropicsClientsAreForwardedAndSoAreTheReplies() {
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      String before = "{ \"max_tokens\": 5,  ";
      String after = " \"messages\":[ {\"role\":\"user\",\"content\":\"Hi\"} ], \"new\": [1, 2] }";
      Caller.Reply reply =
          caller.post("/v1/messages", before + "\"model\":\"vertex/claude-opus-4-1\"," + after);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().at("/content/0/text").asText()).startsWith("Hello");
      Received received = only(MODELS + "anthropic/models/claude-opus-4-1:rawPredict");
      assertThat(new String(received.body(), UTF_8))
          .isEqualTo(
              "{ \"anthropic_version\":\"vertex-2023-10-16\",\"max_tokens\": 5,  "
                  + "\"messages\":[ {\"role\":\"user\",\"content\":\"Hi\"} ], \"new\": [1, 2] }");

      String count = "{\"model\":\"vertex/claude-opus-4-1\",\"messages\":[{\"role\":\"user\",";
      Caller.Reply counted =
          caller.post("/v1/messages/count_tokens", count + "\"content\":\"Hi\"}]}");
      assertThat(counted.json().path("input_tokens").asInt()).isEqualTo(42);
      JsonNode counting = only(MODELS + "anthropic/models/count-tokens:rawPredict").json();
      assertThat(counting.path("model").asText()).isEqualTo("claude-opus-4-1");
      assertThat(counting.path("anthropic_version").asText()).isEqualTo("vertex-2023-10-16");
    }
  }

  @Test
  void requestsOfGeminisClientsAreFittedToVertex() {
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      String call = "{\"functionCall\": {\"id\":\"c1\",\"name\":\"now\",\"args\":{}}}";
      String result = "{\"functionResponse\":{\"name\":\"now\",\"response\":{},\"id\":\"c1\"}}";
      Caller.Reply reply =
          caller.post(
              "/v1beta/models/vertex%2Fgemini-2.5-pro:generateContent",
              "{\"contents\": [{\"parts\":[{\"text\":\"x\"}]},{\"role\":\"model\",\"parts\":["
                  + call
                  + "]},{\"role\":\"user\",\"parts\":["
                  + result
                  + "]}]}");
      assertThat(reply.status()).isEqualTo(200);
      Caller.Reply counted =
          caller.post(
              "/v1beta/models/vertex%2Fgemini-2.5-flash:countTokens",
              "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"gs://b/a.pdf?x=1\"}}]}]}");
      assertThat(counted.json().path("totalTokens").asInt()).as(counted.body()).isEqualTo(43);
      assertThat(counted.header("x-serai-estimated")).isEmpty();
      assertThat(only(MODELS + "google/models/gemini-2.5-flash:countTokens").json().toString())
          .isEqualTo(
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"fileData\":"
                  + "{\"mimeType\":\"application/pdf\",\"fileUri\":\"gs://b/a.pdf?x=1\"}}]}]}");
      assertThat(new String(only(MODELS + "google/models/gemini-2.5-pro").body(), UTF_8))
          .isEqualTo(
              "{\"contents\":"
                  + " [{\"role\":\"user\",\"parts\":[{\"text\":\"x\"}]},{\"role\":\"model\",\"parts\":[{\"functionCall\":"
                  + " {\"name\":\"now\",\"args\":{}}}]},{\"role\":"
                  + "\"user\",\"parts\":[{\"functionResponse\":{\"name\":\"now\",\"response\":{}}}]}]}");
    }
  }

  @Test
  void embeddingsAndListsHavePathsOfTheirOwn() {
    try (RunningGateway gateway = plan().with("SERAI_MODEL_LISTS", "true").start();
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply embedded =
          caller.post(
              "/v1/embeddings",
              "{\"model\":\"vertex/text-embedding-005\",\"input\":[\"a\",\"bc\"],\"dimensions\":2}");
      assertThat(embedded.json().at("/data/1/embedding/0").asDouble()).isEqualTo(2);
      assertThat(embedded.json().at("/usage/prompt_tokens").asInt()).isEqualTo(6);
      assertThat(only(MODELS + "google/models/text-embedding-005:predict").json().toString())
          .isEqualTo(
              "{\"instances\":[{\"content\":\"a\"},{\"content\":\"bc\"}],"
                  + "\"parameters\":{\"outputDimensionality\":2}}");
      Caller.Reply several =
          caller.post(
              "/v1/embeddings",
              "{\"model\":\"vertex/gemini-embedding-001\",\"input\":[\"a\",\"b\"]}");
      assertThat(several.status()).isEqualTo(400);
      assertThat(several.body()).contains("takes at most 1 input at once on Vertex AI");

      Until.holds(
          PATIENCE,
          "the list has been fetched",
          () -> caller.get("/v1/models").body().contains("vertex/claude-sonnet-4-5"));
      assertThat(caller.get("/v1/models").body())
          .contains("vertex/gemini-2.5-pro")
          .doesNotContain("imagen");
    }
  }

  @Test
  void aRevokedTokenIsReplacedAndATokenEndpointThatFailsIsNotARejectedKey() {
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("vertex/gemini-2.5-pro").status()).isEqualTo(200);
      vertex.revokeTokens();
      // A token that is younger than a second is not replaced.
      Until.holds(
          PATIENCE,
          "another token is used",
          () -> caller.chat("vertex/gemini-2.5-pro").status() == 200);
      assertThat(vertex.received("/token")).hasSize(2);
    }
    vertex.respondToTokensWith(503);
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("vertex/gemini-2.5-pro").status()).isEqualTo(502);
      assertThat(caller.get("/v1/providers").body())
          .contains("\"unreachable\"", "\"credentials_unavailable\"")
          .doesNotContain("unauthorized");
    }
  }

  @Test
  void aRefusedKeyIsNamedAndARefusedModelIsNot() {
    try (RunningGateway gateway = plan().start();
        Caller caller = new Caller(gateway.url())) {
      vertex.respondToTokensWith(401);
      Caller.Reply refused = caller.chat("vertex/gemini-2.5-pro");
      assertThat(refused.status()).isEqualTo(502);
      assertThat(refused.json().at("/error/message").asText())
          .contains("401 invalid_grant")
          .contains("GOOGLE_APPLICATION_CREDENTIALS");
      assertThat(vertex.received(MODELS)).isEmpty();

      vertex.respondToTokensWith(200);
      Until.holds(
          PATIENCE,
          "the token is requested again",
          () -> caller.chat("vertex/gemini-2.5-pro").status() == 200);
      Caller.Reply forbidden = caller.chat("vertex/forbidden-model");
      assertThat(forbidden.status()).isGreaterThanOrEqualTo(400);
      assertThat(forbidden.body()).doesNotContain("GOOGLE_APPLICATION_CREDENTIALS");
      assertThat(gateway.log()).doesNotContain(VertexServer.TOKEN).doesNotContain("PRIVATE KEY");
    }
  }
}
