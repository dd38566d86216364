package dev.serai.adapters.dialects.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.ModelQuery.Outcome;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListTest {
  private static Asked asked(Dialect dialect, String url, String... quirks) {
    return Asked.of(dialect, url, "", quirks);
  }

  private static List<String> read(String json) {
    Asked openai = asked(new OpenAiDialect(), "https://acme.test/v1");
    return names(query(openai).read(json.replace('\'', '"').getBytes(UTF_8)));
  }

  private static ModelQuery query(Asked asked) {
    return asked.dialect().modelQuery(asked.destination()).orElseThrow();
  }

  private static List<String> names(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Complete.class);
    return ((Outcome.Complete) outcome).names();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'object':'list','data':[{'id':'a'},{'id':'b/c'}]}",
        "[{'id':'a','object':'model'},{'id':'b/c'}]",
        "{'models':[{'name':'a'},{'name':'b/c'}]}"
      })
  void aListIsReadInEveryShapeThatIsInUse(String json) {
    assertThat(read(json)).containsExactly("a", "b/c");
  }

  @Test
  void anEntryWithoutANameIsLeftOutAndAListIsBounded() {
    assertThat(
            read("{'data':[{'id':''},{'x':1},{'id':'a\\u0007'},{'id':7},{'id':'a'},{'id':'a'}]}"))
        .containsExactly("7", "a");
    StringBuilder many = new StringBuilder("{'data':[{'id':'m'}");
    for (int i = 0; i < 6000; i++) {
      many.append(",{'id':'m").append(i).append("'}");
    }
    assertThat(read(many.append("]}").toString())).hasSize(5000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'data':7}", "no json", "[", "'text'"})
  void aReplyWithoutAListIsMalformed(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(ProviderProblem.class);
  }

  @Test
  void openaisListIsAskedForWithTheKeyUnlessItIsNotThatOfItsModels() {
    Asked openai = asked(new OpenAiDialect(), "https://acme.test/v1");
    ProviderRequest request = query(openai).request();
    assertThat(request.method() + " " + request.path()).isEqualTo("GET /models");
    assertThat(request.headers().first("authorization")).contains("Bearer secret-key");
    Asked azure = asked(new OpenAiDialect(), "https://acme.test/openai/v1", "no-model-list");
    assertThat(azure.dialect().modelQuery(azure.destination())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://acme.test, /v1/models?limit=1000",
    "https://acme.test/v1, /models?limit=1000"
  })
  void anthropicsListIsAskedForInItsOwnWay(String url, String path) {
    Asked anthropic = asked(new AnthropicDialect(), url);
    ProviderRequest request = query(anthropic).request();
    assertThat(request.path()).isEqualTo(path);
    assertThat(request.headers().first("x-api-key")).contains("secret-key");
    assertThat(request.headers().first("anthropic-version")).contains("2023-06-01");
  }

  @Test
  void ollamaTellsItsTags() {
    Asked ollama = asked(new OllamaDialect(), "http://localhost:11434");
    assertThat(query(ollama).request().path()).isEqualTo("/api/tags");
    byte[] tags =
        "{\"models\":[{\"name\":\"llama3.2:latest\",\"size\":1},{\"name\":\"q:8b\"}]}"
            .getBytes(UTF_8);
    assertThat(names(query(ollama).read(tags))).containsExactly("llama3.2", "q:8b");
  }

  @Test
  void geminisListIsReadPageByPageAndHasWhatGeneratesOrEmbeds() {
    Asked gemini = asked(new GeminiDialect(), "https://acme.test/v1beta");
    ModelQuery query = query(gemini);
    assertThat(query.request().path()).isEqualTo("/models?pageSize=1000");
    assertThat(query.request().headers().first("x-goog-api-key")).contains("secret-key");
    String first =
        "{'models':[{'name':'models/gemini-2.5-pro','supportedGenerationMethods':"
            + "['generateContent','countTokens']},{'name':'models/veo','supportedGenerationMethods':['predictLongRunning']}],'nextPageToken':'a"
            + " b'}";
    Outcome outcome = query.read(first.replace('\'', '"').getBytes(UTF_8));
    assertThat(outcome).isInstanceOf(Outcome.NextPage.class);
    ModelQuery next = ((Outcome.NextPage) outcome).query();
    assertThat(next.request().path()).isEqualTo("/models?pageSize=1000&pageToken=a%20b");
    String second =
        "{'models':[{'name':'models/gemini-embedding-001','supportedGenerationMethods':"
            + "['embedContent']},{'name':'tunedModels/mine'}]}";
    assertThat(names(next.read(second.replace('\'', '"').getBytes(UTF_8))))
        .containsExactly("gemini-2.5-pro", "gemini-embedding-001", "tunedModels/mine");
    assertThatThrownBy(() -> query(gemini).read("{}".getBytes(UTF_8)))
        .isInstanceOf(ProviderProblem.class);
  }
}
