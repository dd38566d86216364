package dev.serai.adapters.dialects.bedrock;

import static dev.serai.adapters.dialects.translation.Asked.asking;
import static dev.serai.adapters.dialects.translation.Asked.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestWriterTest {
  private static final String SCHEMA =
      "'response_format':{'type':'json_schema','json_schema':{'name':'person','schema':"
          + "{'type':'object','properties':{'name':{'type':'string'}}}}}";
  private static final String NOW =
      "'tools':[{'type':'function','function':{'name':'now','description':'  '}}]";
  private static final String CALLED =
      "{'role':'user','content':'x'},{'role':'assistant','tool_calls':[{'id':'call:1|2','type':"
          + "'function','function':{'name':'now','arguments':''}}]},"
          + "{'role':'tool','tool_call_id':'call:1|2','content':''}";

  private final Asked older = model("anthropic.claude-3-haiku-20240307-v1:0");
  private final Asked newer = model("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
  private final Asked llama = model("meta.llama3-3-70b-instruct-v1:0");

  private static Asked model(String name, String... quirks) {
    return Asked.of(
        new BedrockDialect(), "https://bedrock-runtime.us-east-1.amazonaws.com", name, quirks);
  }

  @Test
  void aModelsIdIsOneSegmentOfThePath() {
    assertThat(older.write(asking("")).path())
        .isEqualTo("/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse");
    assertThat(model("arn:aws:bedrock:us-east-1:1:inference-profile/us.x").write(asking("")).path())
        .isEqualTo(
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fus.x/converse");
    assertThat(older.write(asking("'stream':true")).path()).endsWith("%3A0/converse-stream");
    assertThatThrownBy(() -> model("..").write(asking(""))).isInstanceOf(CallerProblem.class);
  }

  @Test
  void aKeyIsABearerTokenAndWithoutOneTheRequestIsLeftToBeSigned() {
    ProviderRequest written = older.write(asking(""));
    assertThat(written.headers().first("authorization")).contains("Bearer secret-key");
    assertThat(written.toString()).doesNotContain("secret-key");
  }

  @Test
  void thinkingIsSaidInAnthropicsWordsBesideTheOthers() {
    ChatRequest request = asking("'reasoning_effort':'low','max_tokens':9000,'temperature':1");
    assertThat(newer.member("inferenceConfig", request))
        .isEqualTo("{'maxTokens':9000,'temperature':1}");
    assertThat(newer.member("additionalModelRequestFields", request))
        .isEqualTo("{'thinking':{'type':'enabled','budget_tokens':4096}}");
    assertThat(llama.dropped(request)).containsExactly("reasoning_effort");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "openai.gpt-oss-120b-1:0; {'reasoning_effort':'high'}",
        "us.amazon.nova-2-lite-v1:0; "
            + "{'reasoningConfig':{'type':'enabled','maxReasoningEffort':'high'}}"
      })
  void otherModelsGetReasoningInTheirOwnFields(String name, String fields) {
    assertThat(
            model(name).member("additionalModelRequestFields", asking("'reasoning_effort':'high'")))
        .isEqualTo(fields);
  }

  @Test
  void aSchemaIsTheModelsOwnFormWhereItKnowsForms() {
    assertThat(newer.member("outputConfig", asking(SCHEMA)))
        .startsWith(
            "{'textFormat':{'type':'json_schema','structure':{'jsonSchema':{'name':'person'");
    assertThat(newer.member("toolConfig", asking(SCHEMA))).isEmpty();
  }

  @Test
  void elsewhereItIsAToolThatMustBeCalled() {
    assertThat(older.member("toolConfig", asking(SCHEMA)))
        .contains("'name':'serai_structured_answer'")
        .endsWith("'toolChoice':{'tool':{'name':'serai_structured_answer'}}}");
    assertThat(older.dropped(asking(SCHEMA))).isEmpty();
  }

  @Test
  void besideToolsOfTheCallersItIsOneOfThem() {
    assertThat(older.member("toolConfig", asking(SCHEMA + "," + NOW)))
        .contains("'name':'now'", "'name':'serai_structured_answer'")
        .endsWith("'toolChoice':{'any':{}}}");
  }

  @Test
  void aModelThatCannotBeForcedIsAsked() {
    assertThat(llama.member("system", asking(SCHEMA))).contains("serai_structured_answer");
    assertThat(llama.member("toolConfig", asking(SCHEMA))).doesNotContain("toolChoice");
    assertThat(llama.dropped(asking(SCHEMA))).containsExactly("response_format.json_schema");
    assertThat(llama.dropped(asking(NOW + ",'tool_choice':'required'")))
        .containsExactly("tool_choice");
    assertThat(
            model("arn:aws:x", "forced-tools")
                .member("toolConfig", asking(NOW + ",'tool_choice':'required'")))
        .endsWith("'toolChoice':{'any':{}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:x", "acme.new-model-v1:0", "openai.gpt-oss-120b-1:0"})
  void aToolChoiceIsSentToModelsThatAreNotKnown(String name) {
    ChatRequest any = asking(NOW + ",'tool_choice':'required'");
    ChatRequest named =
        asking(NOW + ",'tool_choice':{'type':'function','function':{'name':'now'}}");
    assertThat(model(name).member("toolConfig", any)).endsWith("'toolChoice':{'any':{}}}");
    assertThat(model(name).member("toolConfig", named))
        .endsWith("'toolChoice':{'tool':{'name':'now'}}}");
    assertThat(model(name).dropped(named)).isEmpty();
    Asked unforced = model(name, "no-forced-tools");
    assertThat(unforced.member("toolConfig", any)).doesNotContain("toolChoice");
    assertThat(unforced.dropped(any)).containsExactly("tool_choice");
  }

  @Test
  void callsInTheHistoryNeedToolsAlsoWhenNoneIsOffered() {
    assertThat(older.member("toolConfig", saying(CALLED, "")))
        .isEqualTo(
            "{'tools':[{'toolSpec':{'name':'now','inputSchema':{'json':"
                + "{'type':'object','properties':{}}}}}]}");
    assertThat(older.dropped(saying(CALLED, ""))).isEmpty();
  }

  @Test
  void noneLeavesTheToolsOutOrSaysThatItCannot() {
    assertThat(older.member("toolConfig", asking(NOW + ",'tool_choice':'none'"))).isEmpty();
    assertThat(older.dropped(asking(NOW + ",'tool_choice':'none'"))).isEmpty();
    assertThat(older.dropped(saying(CALLED, NOW + ",'tool_choice':'none'")))
        .containsExactly("tool_choice");
  }

  @Test
  void foreignIdsAreTheSameForCallAndResult() {
    assertThat(older.member("messages", saying(CALLED, "")))
        .containsPattern(
            "\\{'toolUse':\\{'toolUseId':'(call_1_2_\\w{9})','name':'now'.*'toolUseId':'\\1'");
  }

  @Test
  void fieldsOfBedrocksOwnGoThrough() {
    String own =
        "'guardrailConfig':{'guardrailIdentifier':'g','guardrailVersion':'1'},"
            + "'performanceConfig':{'latency':'optimized'},'service_tier':'priority',"
            + "'additionalModelRequestFields':{'top_k':3}";
    assertThat(llama.body(asking(own)))
        .contains("'serviceTier':{'type':'priority'}")
        .contains("'guardrailConfig':{'guardrailIdentifier':'g','guardrailVersion':'1'}")
        .contains("'performanceConfig':{'latency':'optimized'}")
        .endsWith("'additionalModelRequestFields':{'top_k':3}}");
    assertThat(llama.dropped(asking(own))).isEmpty();
    assertThatThrownBy(() -> llama.write(asking("'additionalModelRequestFields':3")))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void aDocumentAloneGetsAText() {
    String file =
        "{'type':'file','file':{'filename':'My report!.pdf','file_data':"
            + "'data:application/pdf;base64,JVBERi0='}}";
    ChatRequest twice = saying("{'role':'user','content':[" + file + "," + file + "]}", "");
    assertThat(older.member("messages", twice))
        .contains("'name':'My report-'", "'name':'My report- 2'")
        .contains("{'text':'(See the document.)'}");
  }

  @Test
  void whatIsOnlyAnAddressIsRefusedUnlessItIsInS3() {
    String picture = "{'role':'user','content':[{'type':'image_url','image_url':{'url':'%s'}}]}";
    assertThatThrownBy(() -> older.write(saying(picture.formatted("https://x.test/a.png"), "")))
        .isInstanceOf(CallerProblem.class);
    assertThat(older.member("messages", saying(picture.formatted("s3://b/a.png"), "")))
        .contains("{'image':{'format':'png','source':{'s3Location':{'uri':'s3://b/a.png'}}}}");
  }
}
