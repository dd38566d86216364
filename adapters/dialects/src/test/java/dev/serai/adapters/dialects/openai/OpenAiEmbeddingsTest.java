package dev.serai.adapters.dialects.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.ollama.OllamaEmbeddingSurface;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiEmbeddingsTest {
  private static final OpenAiEmbeddingSurface SURFACE = new OpenAiEmbeddingSurface();
  private static final EmbeddingDialect OPENAI = new OpenAiDialect().embeddings().orElseThrow();
  private static final EmbeddingDialect OLLAMA = new OllamaDialect().embeddings().orElseThrow();
  private static final EmbeddingDialect GEMINI = new GeminiDialect().embeddings().orElseThrow();

  /** 1.0, -2.5, as little-endian floats. */
  private static final String BASE64 = "AACAPwAAIMA=";

  @Test
  void theSameDialectChangesNothingButTheModelsName() {
    String body = "{ \"input\":[1,2] ,\"model\" : \"openai/e\",\"x\":[1.0e1],\"user\":\"u\"}";
    ProviderRequest sent = OPENAI.writeRequest(request(body), target("e"));
    assertThat(sent.path()).isEqualTo("/embeddings");
    assertThat(text(sent.body())).isEqualTo(body.replace("openai/e", "e"));
    assertThat(sent.headers().first("authorization")).contains("Bearer key");
  }

  @Test
  void aResponseOfTheSameDialectIsForwardedUnchanged() {
    byte[] body = respond("[1.00, -2.5e0]");
    EmbeddingRequest request = request("{\"model\":\"e\",\"input\":\"hi\"}");
    assertThat(OPENAI.readReply(body, request, target("e")))
        .isInstanceOfSatisfying(
            EmbeddingReply.Relayed.class, relayed -> assertThat(relayed.bytes()).isSameAs(body));
    assertThat(OPENAI.readUsage(body)).contains(Usage.of(8, 0));
  }

  @Test
  void aReplyOfAnotherOperationIsMalformedAndNoFailureOfTheServer() {
    EmbeddingRequest request = request("{\"model\":\"e\",\"input\":\"hi\"}");
    byte[] chat = "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[]}".getBytes(UTF_8);
    assertThatThrownBy(() -> OPENAI.readReply(chat, request, target("e")))
        .isInstanceOfSatisfying(
            ProviderProblem.class,
            problem -> {
              assertThat(problem.failureCause()).isEqualTo(FailureCause.MALFORMED);
              assertThat(problem).hasMessageContaining("sent a response without embeddings.");
            });
    byte[] error = "{\"message\":\"It is busy.\"}".getBytes(UTF_8);
    assertThatThrownBy(() -> OPENAI.readReply(error, request, target("e")))
        .isInstanceOfSatisfying(
            ProviderProblem.class,
            problem -> assertThat(problem.failureCause()).isEqualTo(FailureCause.OVERLOADED));
  }

  @Test
  void numbersBecomeBase64IfTheClientAskedForBase64() {
    EmbeddingRequest request =
        request("{\"model\":\"e\",\"input\":\"hi\",\"encoding_format\":\"base64\"}");
    EmbeddingReply converted = OPENAI.readReply(respond("[1.00, -2.5e0]"), request, target("e"));
    assertThat(text(((EmbeddingReply.Relayed) converted).bytes()))
        .isEqualTo(text(respond("\"" + BASE64 + "\"")));
    EmbeddingReply kept = OPENAI.readReply(respond("\"" + BASE64 + "\""), request, target("e"));
    assertThat(text(((EmbeddingReply.Relayed) kept).bytes()))
        .isEqualTo(text(respond("\"" + BASE64 + "\"")));
  }

  @Test
  void base64ThatWasNotAskedForBecomesNumbers() {
    byte[] body = respond("\"" + BASE64 + "\"");
    EmbeddingReply own =
        OPENAI.readReply(body, request("{\"model\":\"e\",\"input\":\"hi\"}"), target("e"));
    assertThat(text(((EmbeddingReply.Relayed) own).bytes())).isEqualTo(text(respond("[1.0,-2.5]")));
    EmbeddingRequest ollama = foreign("'hi'");
    EmbeddingReply read = OPENAI.readReply(body, ollama, target("e"));
    assertThat(((EmbeddingReply.Complete) read).response().embeddings())
        .singleElement()
        .isEqualTo(new float[] {1, -2.5f});
    for (String wrong : List.of("\"AACA\"", "\"\"", "\"?\"")) {
      assertThatThrownBy(() -> OPENAI.readReply(respond(wrong), ollama, target("e")))
          .isInstanceOfSatisfying(
              ProviderProblem.class,
              problem -> assertThat(problem.failureCause()).isEqualTo(FailureCause.MALFORMED));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'hi' | true",
        "['hi'] | true",
        "[1, 2, -3] | true",
        "[[1, 2]] | true",
        "[{'text': 'a'}] | true",
        "['a', 'b'] | false",
        "[[1], [2]] | false",
        "[{'text': 'a'}, {'image': 'b'}] | false",
      },
      quoteCharacter = '`')
  void aResponseOfTheSameDialectHasAnEmbeddingForEachInput(String input, boolean one) {
    EmbeddingRequest request =
        request("{\"model\":\"e\",\"input\":" + input.replace('\'', '"') + "}");
    ThrowingCallable read = () -> OPENAI.readReply(respond("[1.0]"), request, target("e"));
    if (one) {
      assertThatCode(read).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(read).hasMessageContaining("fewer or more embeddings than inputs");
    }
  }

  @Test
  void numbersAreRequestedFromAProviderWithoutBase64() {
    EmbeddingRequest request =
        request("{\"model\":\"e\",\"encoding_format\":\"base64\",\"input\":\"hi\"}");
    assertThat(text(OPENAI.writeRequest(request, target("e", "no-base64")).body()))
        .isEqualTo("{\"model\":\"e\",\"encoding_format\":\"float\",\"input\":\"hi\"}");
  }

  @Test
  void anEmbeddingsRequestIsWrittenForOllama() {
    EmbeddingRequest request =
        request(
            "{\"model\":\"m\",\"input\":[\"a\",\"ü\"],\"dimensions\":2,\"user\":\"u\","
                + "\"truncate\":false,\"encoding_format\":\"base64\"}");
    ProviderRequest sent = OLLAMA.writeRequest(request, target("e"));
    assertThat(sent.path()).isEqualTo("/api/embed");
    assertThat(text(sent.body()))
        .isEqualTo("{\"model\":\"e\",\"input\":[\"a\",\"ü\"],\"dimensions\":2,\"truncate\":false}");
    assertThat(sent.dropped()).containsExactly("user");
  }

  @Test
  void aTextThatMustNotBeCutIsReportedToGeminisClients() {
    String body = "{\"model\":\"m\",\"input\":\"a\",\"truncate\":";
    assertThat(GEMINI.writeRequest(request(body + "false}"), target("g")).dropped())
        .containsExactly("truncate");
  }

  @Test
  void ollamasEmbeddingsAreWrittenForOpenAisClients() {
    byte[] body =
        "{\"model\":\"e\",\"embeddings\":[[1.0,-2.5],[0.1,0.25]],\"prompt_eval_count\":5}"
            .getBytes(UTF_8);
    assertThat(written(body, ""))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":"
                + "[1.0,-2.5]},{\"object\":\"embedding\",\"index\":1,\"embedding\":[0.1,0.25]}],"
                + "\"model\":\"e\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}");
    assertThat(written(body, ",\"encoding_format\":\"base64\""))
        .contains("\"embedding\":\"" + BASE64 + "\"");
  }

  private static String written(byte[] body, String more) {
    EmbeddingRequest request = request("{\"model\":\"e\",\"input\":[\"a\",\"b\"]" + more + "}");
    EmbeddingReply response = OLLAMA.readReply(body, request, target("e"));
    return text(
        SURFACE.writeResponse(
            request, ((EmbeddingReply.Complete) response).response(), OLLAMA.readUsage(body)));
  }

  @Test
  void anEmbeddingsRequestIsWrittenForGeminiAsABatch() {
    EmbeddingRequest request =
        request(
            "{\"model\":\"m\",\"input\":[\"a\",\"ü\"],\"dimensions\":2,\"user\":\"u\","
                + "\"taskType\":\"RETRIEVAL_QUERY\",\"encoding_format\":\"base64\"}");
    ProviderRequest sent = GEMINI.writeRequest(request, target("gemini-embedding-001"));
    assertThat(sent.path()).isEqualTo("/models/gemini-embedding-001:batchEmbedContents");
    assertThat(sent.headers().first("x-goog-api-key")).contains("key");
    String one =
        "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"%s\"}]},"
            + "\"outputDimensionality\":2,\"taskType\":\"RETRIEVAL_QUERY\"}";
    assertThat(text(sent.body()))
        .isEqualTo("{\"requests\":[" + one.formatted("a") + "," + one.formatted("ü") + "]}");
    assertThat(sent.dropped()).containsExactly("user");
  }

  @Test
  void theTokensThatGeminiReportsAreItsUsage() {
    String usage = "\"usageMetadata\":{\"promptTokenCount\":7,\"totalTokenCount\":7}";
    String embeddings = "{\"embeddings\":[{\"values\":[1.0]}],";
    assertThat(GEMINI.readUsage((embeddings + usage + "}").getBytes(UTF_8)))
        .contains(Usage.of(7, 0));
    for (String none : List.of("\"usageMetadata\":{}}", "\"usageMetadata\":null}", "\"x\":1")) {
      assertThat(GEMINI.readUsage((embeddings + none).getBytes(UTF_8))).isEmpty();
    }
  }

  @Test
  void geminisEmbeddingsAreWrittenForOpenAisClientsWithoutUsage() {
    byte[] body =
        "{\"embeddings\":[{\"values\":[1.0,-2.5]},{\"values\":[0.1,0.25],\"shape\":[2]}]}"
            .getBytes(UTF_8);
    EmbeddingRequest request =
        request("{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}");
    EmbeddingReply response = GEMINI.readReply(body, request, target("e"));
    assertThat(GEMINI.readUsage(body)).isEmpty();
    String written =
        text(
            SURFACE.writeResponse(
                request, ((EmbeddingReply.Complete) response).response(), Optional.empty()));
    assertThat(written).contains("\"index\":0,\"embedding\":\"" + BASE64 + "\"", "\"index\":1");
  }

  @Test
  void moreThanAHundredInputsAndMissingEmbeddingsAreRefused() {
    String many = "{\"model\":\"m\",\"input\":[" + "\"a\",".repeat(100) + "\"a\"]}";
    assertThatThrownBy(() -> GEMINI.writeRequest(request(many), target("e")))
        .isInstanceOf(GatewayProblem.class)
        .hasMessageContaining("at most 100 inputs");
    EmbeddingRequest two = request("{\"model\":\"e\",\"input\":[\"a\",\"b\"]}");
    byte[] one = "{\"embeddings\":[{\"values\":[1.0]}]}".getBytes(UTF_8);
    assertThatThrownBy(() -> GEMINI.readReply(one, two, target("e")))
        .isInstanceOf(ProviderProblem.class);
    byte[] busy = "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}".getBytes(UTF_8);
    assertThatThrownBy(() -> GEMINI.readReply(busy, two, target("e")))
        .isInstanceOfSatisfying(
            ProviderProblem.class, problem -> assertThat(problem.status()).isEqualTo(503));
  }

  @Test
  void embeddingsGoToTheirInputsByIndex() {
    EmbeddingRequest two = foreign("['first','second']");
    String data =
        "{'data':[{'index':1,'embedding':[3.0,4.0]},{'index':0,'embedding':[1.0,2.0]}],'model':'e'}";
    EmbeddingReply.Complete reply =
        (EmbeddingReply.Complete)
            OPENAI.readReply(data.replace('\'', '"').getBytes(UTF_8), two, target("e"));
    assertThat(reply.response().embeddings())
        .containsExactly(new float[] {1, 2}, new float[] {3, 4});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'index':0,'embedding':[1.0]}]",
        "[{'index':0,'embedding':[1.0]},{'index':0,'embedding':[2.0]}]",
        "[{'index':0,'embedding':[1.0]},{'index':2,'embedding':[2.0]}]",
        "[{'index':0,'embedding':[1.0]},{'index':-1,'embedding':[2.0]}]",
        "[{'index':0,'embedding':[1.0]},{'index':1}]",
        "[{'embedding':[1.0]},{'embedding':[2.0]},{'embedding':[3.0]}]",
      })
  void embeddingsThatDoNotMatchTheInputsAreMalformed(String data) {
    byte[] body = ("{'data':" + data + "}").replace('\'', '"').getBytes(UTF_8);
    assertThatThrownBy(() -> OPENAI.readReply(body, foreign("['a','b']"), target("e")))
        .isInstanceOf(ProviderProblem.class)
        .hasMessageContaining("than inputs");
    byte[] three = "{\"embeddings\":[[1.0],[2.0],[3.0]]}".getBytes(UTF_8);
    EmbeddingRequest own = request("{\"model\":\"e\",\"input\":[\"a\",\"b\"]}");
    assertThatThrownBy(() -> OLLAMA.readReply(three, own, target("e")))
        .hasMessageContaining("than inputs");
  }

  private static EmbeddingRequest foreign(String input) {
    String body = ("{'model':'e','input':" + input + "}").replace('\'', '"');
    return new OllamaEmbeddingSurface(() -> Instant.EPOCH)
        .readRequest(
            new InboundRequest("POST", "/api/embed", "", new HeaderFields(), body.getBytes(UTF_8)));
  }

  @Test
  void tokenInputsAreRefusedForOllamaAndGemini() {
    EmbeddingRequest request = request("{\"model\":\"m\",\"input\":[[1,2],[3]]}");
    for (EmbeddingDialect dialect : List.of(OLLAMA, GEMINI)) {
      assertThatThrownBy(() -> dialect.writeRequest(request, target("e")))
          .isInstanceOf(GatewayProblem.class)
          .hasMessageContaining("takes text, not token numbers");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"embeddings\":[]}", "{\"embeddings\":[[1e999]]}", "{\"e"})
  void aBodyWithoutEmbeddingsIsMalformed(String body) {
    EmbeddingRequest request = request("{\"model\":\"e\",\"input\":\"hi\"}");
    for (EmbeddingDialect dialect : List.of(OPENAI, OLLAMA, GEMINI)) {
      assertThatThrownBy(() -> dialect.readReply(body.getBytes(UTF_8), request, target("e")))
          .isInstanceOf(ProviderProblem.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"input\":\"x\"}",
        "{\"model\":1,\"input\":\"x\"}",
        "{\"model\":\"e\"}",
        "{\"model\":\"e\",\"input\":{}}",
        "{\"model\":\"e\",\"input\":\"x\",\"encoding_format\":\"hex\"}",
        "nothing"
      })
  void anInvalidRequestIsRefused(String body) {
    assertThatThrownBy(() -> request(body))
        .isInstanceOfSatisfying(
            GatewayProblem.class, problem -> assertThat(problem.status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1,\"a\"]", "[true]", "[[1.5]]"})
  void inputsThatCannotBeTranslatedAreRefused(String input) {
    EmbeddingRequest request = request("{\"model\":\"e\",\"input\":" + input + "}");
    assertThatThrownBy(() -> OLLAMA.writeRequest(request, target("e")))
        .isInstanceOf(GatewayProblem.class);
  }

  private static EmbeddingRequest request(String body) {
    return SURFACE.readRequest(
        new InboundRequest("POST", "/v1/embeddings", "", new HeaderFields(), body.getBytes(UTF_8)));
  }

  private static byte[] respond(String vector) {
    return ("{\"object\":\"list\", \"data\":[{\"object\":\"embedding\",\"embedding\":"
            + vector
            + ",\"index\":0}],\"model\":\"e\",\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}")
        .getBytes(UTF_8);
  }

  private static Destination target(String model, String... quirks) {
    Dialect dialect = new OpenAiDialect();
    ProviderProfile profile =
        new ProviderProfile(
            "acme", dialect.name(), Optional.empty(), Optional.empty(), Set.of(quirks), List.of());
    return new Destination(profile, model, Optional.of("key"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
