package dev.serai.adapters.dialects.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.pairs.Pair;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.core.request.EmbeddingResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiEmbeddingSurfaceTest {
  private static final GeminiEmbeddingSurface SURFACE = new GeminiEmbeddingSurface();
  private static final Dialect GEMINI = new GeminiDialect();
  private static final EmbeddingDialect OWN = GEMINI.embeddings().orElseThrow();
  private static final EmbeddingDialect OPENAI = new OpenAiDialect().embeddings().orElseThrow();
  private static final EmbeddingDialect OLLAMA = new OllamaDialect().embeddings().orElseThrow();

  private static EmbeddingRequest read(String verb, String json) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    return SURFACE.readRequest(
        new InboundRequest("POST", "/v1beta/models/acme%2Fe:" + verb, "", Headers.NONE, body));
  }

  private static EmbeddingRequest batch(String... requests) {
    return read("batchEmbedContents", "{'requests':[" + String.join(",", requests) + "]}");
  }

  private static String asking(String text, String more) {
    return "{'model':'models/x','content':{'parts':[{'text':'" + text + "'}]}" + more + "}";
  }

  private static Destination target() {
    Destination usual = Pair.target(GEMINI, "acme");
    return new Destination(usual.provider(), "e", usual.key());
  }

  private static String sent(EmbeddingDialect dialect, EmbeddingRequest request) {
    return plain(dialect.writeRequest(request, target()).body());
  }

  private static String plain(byte[] json) {
    return new String(json, UTF_8).replace('"', '\'');
  }

  @Test
  void aBatchBecomesTheInputsOfAnyProvider() {
    EmbeddingRequest request =
        batch(
            asking("a", ",'taskType':'RETRIEVAL_QUERY','outputDimensionality':2"),
            "{'content':{'parts':[{'text':'b'},{'text':'c'}]},'task_type':'RETRIEVAL_QUERY',"
                + "'embedContentConfig':{'outputDimensionality':2}}");
    assertThat(request.model()).isEqualTo("acme/e");
    assertThat(sent(OPENAI, request))
        .isEqualTo("{'model':'e','input':['a','b\\nc'],'dimensions':2}");
    assertThat(OPENAI.writeRequest(request, target()).dropped()).containsExactly("taskType");
    assertThat(sent(OLLAMA, read("embedContent", asking("a", ""))))
        .isEqualTo("{'model':'e','input':['a']}");
  }

  @Test
  void settingsOfABatchThatDifferAreReportedAndLengthsThatDifferAreRefused() {
    EmbeddingRequest titles = batch(asking("a", ",'title':'x'"), asking("b", ",'title':'y'"));
    assertThat(OPENAI.writeRequest(titles, target()).dropped()).containsExactly("requests.title");
    EmbeddingRequest lengths = batch(asking("a", ""), asking("b", ",'outputDimensionality':2"));
    assertThatThrownBy(() -> OPENAI.writeRequest(lengths, target()))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("All requests of a batch must have the same 'outputDimensionality' here.");
  }

  @Test
  void aProviderOfGeminiReceivesTheRequestWithItsOwnNameOfTheModel() {
    String image = "{'content' : {'parts':[{'inlineData':{'data':'AA=='}}]},'x':1.0}";
    ProviderRequest sent = OWN.writeRequest(batch(asking("a", ""), image, "{}"), target());
    assertThat(sent.path()).isEqualTo("/models/e:batchEmbedContents");
    assertThat(sent.headers().first("x-goog-api-key")).contains("key");
    assertThat(plain(sent.body()))
        .isEqualTo(
            "{'requests':["
                + asking("a", "").replace("models/x", "models/e")
                + ",{'model':'models/e',"
                + image.substring(1)
                + ",{'model':'models/e'}]}");
    ProviderRequest one = OWN.writeRequest(read("embedContent", asking("a", "")), target());
    assertThat(one.path()).isEqualTo("/models/e:embedContent");
    assertThat(plain(one.body())).isEqualTo(asking("a", "").replace("models/x", "models/e"));
  }

  @Test
  void aReplyOfAProviderOfGeminiIsForwardedUnchanged() {
    EmbeddingRequest one = read("embedContent", asking("a", ""));
    byte[] reply =
        "{\"embedding\":{\"values\":[1.00]},\"usageMetadata\":{\"promptTokenCount\":3}}"
            .getBytes(UTF_8);
    assertThat(OWN.readReply(reply, one, target()))
        .isInstanceOfSatisfying(
            EmbeddingReply.Relayed.class, relayed -> assertThat(relayed.bytes()).isSameAs(reply));
    assertThat(OWN.readUsage(reply)).contains(Usage.of(3, 0));
    assertThatThrownBy(() -> OWN.readReply("{}".getBytes(UTF_8), one, target()))
        .isInstanceOf(ProviderProblem.class);
  }

  @Test
  void aResponseHasTheFormOfTheVerbAndTheTokensThatWereCounted() {
    EmbeddingResponse two =
        new EmbeddingResponse("e", List.of(new float[] {1, -2.5f}, new float[] {0.25f}));
    byte[] several =
        SURFACE.writeResponse(batch(asking("a", ""), asking("b", "")), two, Optional.empty());
    assertThat(plain(several))
        .isEqualTo("{'embeddings':[{'values':[1.0,-2.5]},{'values':[0.25]}]}");
    byte[] one =
        SURFACE.writeResponse(
            read("embedContent", asking("a", "")), two, Optional.of(Usage.of(3, 0)));
    assertThat(plain(one))
        .isEqualTo("{'embedding':{'values':[1.0,-2.5]},'usageMetadata':{'promptTokenCount':3}}");
  }

  @Test
  void theTokensAreThoseOfTheTextsAlsoBesideAnImage() {
    EmbeddingRequest request =
        batch(asking("abc", ""), "{'content':{'parts':[{'inlineData':{}},{'text':'de'}]}}");
    assertThat(request.tokens(String::length)).isEqualTo(5);
    assertThatThrownBy(request::inputs)
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("'requests[1].content' must have parts with text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batchEmbedContents | requests | {}",
        "batchEmbedContents | requests | {'requests':[]}",
        "batchEmbedContents | requests | {'requests':{}}",
        "embedContent | content | {}",
        "embedContent | content | {'content':'text'}",
        "embedContent | content | {'content':{}}",
      })
  void aRequestWithNothingToEmbedIsRefused(String verb, String member, String json) {
    String body = json.replace("''", "'");
    assertThatExceptionOfType(CallerProblem.class)
        .isThrownBy(() -> read(verb, body))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(400))
        .satisfies(problem -> assertThat(problem.param()).contains(member));
  }
}
