package dev.serai.adapters.dialects.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.anthropic.AnthropicModelList;
import dev.serai.adapters.dialects.gemini.GeminiModelList;
import dev.serai.adapters.dialects.ollama.OllamaModelList;
import dev.serai.adapters.dialects.openai.OpenAiModelList;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Charge;
import dev.serai.core.model.ListedModel;
import dev.serai.core.model.Modality;
import dev.serai.core.model.ModelFacts;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.surface.ModelListSurface;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelListsTest {
  private static final ModelFacts KNOWN =
      new ModelFacts(
          OptionalInt.of(128_000),
          OptionalInt.of(16_384),
          Set.of(Modality.IMAGE, Modality.TEXT),
          Set.of(Modality.TEXT),
          Set.of(Capability.TOOLS),
          Map.of(
              Charge.INPUT, new BigDecimal("0.000002500000"),
              Charge.OUTPUT, new BigDecimal("0.000010000000")));
  private static final ListedModel A = new ListedModel("a/known", "a", KNOWN);
  private static final ListedModel B = new ListedModel("b", "serai", ModelFacts.UNKNOWN);

  @Test
  void openAisFormHasTheKnownFactsInTheWordsOfOpenRouter() {
    assertThat(text(new OpenAiModelList().writeOne(A)))
        .isEqualTo(
            """
            {"id":"a/known","object":"model","created":0,"owned_by":"a","context_length":128000,\
            "max_output_tokens":16384,"architecture":{"modality":"text+image->text",\
            "input_modalities":["text","image"],"output_modalities":["text"]},\
            "capabilities":["tools"],"pricing":{"prompt":"0.0000025","completion":"0.00001"}}\
            """);
  }

  @Test
  void anUnknownFactIsNullInOpenAisFormAndAPriceIsNotZero() {
    assertThat(text(new OpenAiModelList().writeList(List.of(B))))
        .isEqualTo(
            """
            {"object":"list","data":[{"id":"b","object":"model","created":0,"owned_by":"serai",\
            "context_length":null,"max_output_tokens":null,"pricing":null}]}\
            """);
  }

  @Test
  void anthropicsFormHasTheFirstAndLastIdOfAList() {
    ModelListSurface list = new AnthropicModelList();
    assertThat(text(list.writeList(List.of(A, B))))
        .isEqualTo(
            """
            {"data":[{"type":"model","id":"a/known","display_name":"a/known",\
            "created_at":"1970-01-01T00:00:00Z","max_input_tokens":128000,"max_tokens":16384},\
            {"type":"model","id":"b","display_name":"b","created_at":"1970-01-01T00:00:00Z",\
            "max_input_tokens":null,"max_tokens":null}],"has_more":false,"first_id":"a/known",\
            "last_id":"b"}\
            """);
    assertThat(text(list.writeList(List.of())))
        .isEqualTo(
            """
            {"data":[],"has_more":false,"first_id":null,"last_id":null}\
            """);
  }

  @Test
  void geminisFormLeavesOutAnUnknownLimit() {
    assertThat(text(new GeminiModelList().writeList(List.of(A, B))))
        .isEqualTo(
            """
            {"models":[{"name":"models/a/known","version":"","displayName":"a/known",\
            "inputTokenLimit":128000,"outputTokenLimit":16384,"supportedGenerationMethods":\
            ["generateContent","streamGenerateContent","countTokens"]},\
            {"name":"models/b","version":"","displayName":"b","supportedGenerationMethods":\
            ["generateContent","streamGenerateContent","countTokens"]}]}\
            """);
  }

  @Test
  void ollamasFormsAreATagAndAModelsDetails() {
    ModelListSurface list = new OllamaModelList();
    assertThat(text(list.writeList(List.of(B))))
        .isEqualTo(
            """
            {"models":[{"name":"b","model":"b","modified_at":"1970-01-01T00:00:00Z","size":0,\
            "digest":"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",\
            "details":{"parent_model":"","format":"","family":"serai","families":["serai"],\
            "parameter_size":"","quantization_level":""}}]}\
            """);
    assertThat(text(list.writeOne(A)))
        .isEqualTo(
            """
            {"modelfile":"","parameters":"","template":"","details":{"parent_model":"","format":"",\
            "family":"a","families":["a"],"parameter_size":"","quantization_level":""},\
            "model_info":{"general.architecture":"a","general.basename":"a/known"},\
            "capabilities":["completion","tools"],"modified_at":"1970-01-01T00:00:00Z"}\
            """);
    assertThat(text(OllamaModelList.loaded().writeList(List.of(A)))).isEqualTo("{\"models\":[]}");
    assertThat(text(OllamaModelList.version())).isEqualTo("{\"version\":\"0.13.0\"}");
  }

  @Test
  void ollamasClientsNameAModelInTheBody() {
    ModelListSurface list = new OllamaModelList();
    assertThat(list.readName(show("{\"model\":\"a/b\"}"))).contains("a/b");
    assertThat(list.readName(show("{\"name\":\"a/b\"}"))).contains("a/b");
    assertThatThrownBy(() -> list.readName(show("{}"))).isInstanceOf(CallerProblem.class);
    assertThat(list.readName(get("/api/tags"))).isEmpty();
  }

  @Test
  void aModelThatIsNotFoundIsReportedInOllamasPhraseWithTheReason() {
    assertThat(
            new OllamaModelList()
                .unknown("fsat", CallerProblem.unknownModel("fsat", ModelHint.close("fast"))))
        .hasMessage(
            "model 'fsat' not found: The model 'fsat' does not exist. Did you mean 'fast'?");
  }

  @Test
  void otherClientsNameAModelInThePath() {
    ModelListSurface list = new OpenAiModelList();
    assertThat(list.readName(get("/v1/models"))).isEmpty();
    assertThat(list.readName(get("/v1/models/"))).isEmpty();
    assertThat(list.readName(get("/v1/models/a%2Fb+c"))).contains("a/b+c");
    assertThat(new GeminiModelList().readName(get("/v1beta/models/a/b"))).contains("a/b");
  }

  @Test
  void clientsAtTheSharedPathAreKnownByTheirHeaders() {
    assertThat(new AnthropicModelList().owns(get("/v1/models"))).isFalse();
    assertThat(new AnthropicModelList().owns(get("/v1/models", "anthropic-version"))).isTrue();
    assertThat(new GeminiModelList().owns(get("/v1/models"))).isFalse();
    assertThat(new GeminiModelList().owns(get("/v1/models", "x-goog-api-client"))).isTrue();
    assertThat(new GeminiModelList().owns(get("/v1/models/a", "x-goog-api-key"))).isTrue();
    assertThat(new GeminiModelList().owns(get("/v1beta/models"))).isTrue();
    assertThat(new OpenAiModelList().owns(get("/v1/models"))).isTrue();
  }

  private static InboundRequest get(String path, String... headers) {
    HeaderFields fields = new HeaderFields();
    for (String header : headers) {
      fields.add(header, "any");
    }
    return new InboundRequest("GET", path, "", fields, new byte[0]);
  }

  private static InboundRequest show(String body) {
    return new InboundRequest(
        "POST", "/api/show", "", new HeaderFields(), body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
