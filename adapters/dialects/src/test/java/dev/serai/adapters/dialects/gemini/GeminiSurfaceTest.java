package dev.serai.adapters.dialects.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.ReasoningSettings;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gemini's side of the gateway: requests read, answers and streams written. */
class GeminiSurfaceTest {
  private static final GeminiSurface SURFACE = new GeminiSurface();
  private static final OpaqueState STATE =
      new OpaqueState("anthropic", "claude", "signature", "EqMB/abc+/==");

  private static ChatRequest request(String path, String query, String json) {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return SURFACE.readRequest(new InboundRequest("POST", path, query, Headers.NONE, body));
  }

  private static ChatRequest request(String json) {
    return request("/v1beta/models/m:generateContent", "", json);
  }

  private static Conversation conversation(String members) {
    return request("{'contents':[{'parts':[{'text':'hi'}]}]," + members + "}").conversation();
  }

  private static String plain(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/openai%2Fgpt-x:generateContent, openai/gpt-x",
    "/v1beta/models/openai/gpt-x:generateContent, openai/gpt-x",
    "/v1/models/fast:streamGenerateContent, fast",
    "/v1beta/models/ft:gpt:x:generateContent, ft:gpt:x"
  })
  void theModelIsReadFromThePath(String path, String model) {
    assertThat(SURFACE.owns(path)).isTrue();
    assertThat(request(path, "", "{'contents':[{}]}").model()).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/v1/models/ft:gpt-3.5:org", "/v1/chat/completions"})
  void pathsOfOpenAisClientsAreNotItsOwn(String path) {
    assertThat(SURFACE.owns(path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "generateContent, '', false, false",
    "streamGenerateContent, alt=sse, true, false",
    "streamGenerateContent, key=x&alt=sse, true, false",
    "streamGenerateContent, '', true, true",
    "streamGenerateContent, alt=json, true, true"
  })
  void aStreamIsEventsOrAnArray(String verb, String query, boolean streaming, boolean array) {
    ChatRequest read = request("/v1beta/models/m:" + verb, query, "{'contents':[{}]}");
    assertThat(read.streaming()).isEqualTo(streaming);
    assertThat(SURFACE.streamContentType(read))
        .startsWith(array ? "application/json" : "text/event-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{'contents':{}}", "{'contents':[]}", "{", "{'contents':1}"})
  void aBodyOtherThanARequestIsRefused(String json) {
    assertThatThrownBy(() -> request(json)).isInstanceOf(CallerProblem.class);
  }

  @Test
  void eitherSpellingIsUnderstood() {
    for (String[] words :
        new String[][] {
          {"generationConfig", "maxOutputTokens", "stopSequences", "systemInstruction"},
          {"generation_config", "max_output_tokens", "stop_sequences", "system_instruction"}
        }) {
      Conversation read =
          conversation(
              "'%s':{'%s':7,'%s':['END']},'%s':{'parts':[{'text':'be kind'}]}"
                  .formatted((Object[]) words));
      assertThat(read.sampling().maxTokens()).hasValue(7);
      assertThat(read.sampling().stop()).containsExactly("END");
      assertThat(read.messages().getFirst().role()).isEqualTo(Role.SYSTEM);
      assertThat(read.unknown()).isEmpty();
    }
  }

  @Test
  void toolsAreReadInEitherSchema() {
    Conversation read =
        conversation(
            "'tools':[{'functionDeclarations':[{'name':'a','description':'d','parameters':{"
                + "'type':'OBJECT','properties':{'type':{'type':'STRING','nullable':true},"
                + "'n':{'type':'ARRAY','items':{'type':'INTEGER'},'minItems':'1'}}}},"
                + "{'name':'b','parameters_json_schema':{'type':'object','x':1}},{'name':'c'}]},"
                + "{'googleSearch':{}}]");
    assertThat(read.tools().get(0).parametersJson().replace('"', '\''))
        .isEqualTo(
            "{'type':'object','properties':{'type':{'type':['string','null']},"
                + "'n':{'type':'array','items':{'type':'integer'},'minItems':1}}}");
    assertThat(read.tools().get(1).parametersJson()).isEqualTo("{\"type\":\"object\",\"x\":1}");
    assertThat(read.tools().get(2).parametersJson()).contains("\"object\"");
    assertThat(read.unknown()).containsOnlyKeys("tools.googleSearch");
  }

  @Test
  void rule20ACallMayBeForcedForbiddenOrNarrowed() {
    String tools = "'tools':[{'functionDeclarations':[{'name':'a'},{'name':'b'},{'name':'c'}]}],";
    String config = "'toolConfig':{'functionCallingConfig':{'mode':'%s'%s}}";
    assertThat(conversation(tools + config.formatted("NONE", "")).toolChoice())
        .isInstanceOf(ToolChoice.None.class);
    String one = config.formatted("ANY", ",'allowedFunctionNames':['b']");
    assertThat(conversation(tools + one).toolChoice())
        .isEqualTo(new ToolChoice.Named("b", Optional.empty()));
    Conversation two =
        conversation(tools + config.formatted("ANY", ",'allowedFunctionNames':['a','c']"));
    assertThat(two.toolChoice()).isInstanceOf(ToolChoice.Required.class);
    assertThat(two.tools()).extracting(Conversation.Tool::name).containsExactly("a", "c");
  }

  @Test
  void rule16StructuredOutputIsReadInEitherSchema() {
    String own =
        "'generationConfig':{'responseMimeType':'application/json',"
            + "'responseSchema':{'type':'OBJECT','propertyOrdering':['a']}}";
    assertThat(conversation(own).responseFormat())
        .isEqualTo(new ResponseFormat.JsonSchema("response", "{\"type\":\"object\"}", false));
    assertThat(
            conversation("'generationConfig':{'responseMimeType':'application/json'}")
                .responseFormat())
        .isInstanceOf(ResponseFormat.JsonObject.class);
  }

  @ParameterizedTest
  @CsvSource({
    "{'thinkingLevel':'HIGH'}, UNSET, high, -1",
    "{'thinkingBudget':0}, OFF, '', -1",
    "{'thinkingBudget':-1}, ADAPTIVE, '', -1",
    "{'thinking_budget':2048}, ON, '', 2048",
    "{'includeThoughts':true}, UNSET, '', -1"
  })
  void thinkingIsRead(String config, ReasoningSettings.Mode mode, String effort, int budget) {
    ReasoningSettings read =
        conversation("'generationConfig':{'thinkingConfig':" + config + "}").sampling().reasoning();
    assertThat(read.mode()).isEqualTo(mode);
    assertThat(read.effort().orElse("")).isEqualTo(effort);
    assertThat(read.budgetTokens())
        .isEqualTo(budget < 0 ? OptionalInt.empty() : OptionalInt.of(budget));
  }

  @Test
  void whatOnlyGeminiCachedIsRefusedAndWhatOnlyGeminiKnowsIsKept() {
    assertThatThrownBy(() -> conversation("'cachedContent':'cachedContents/x'"))
        .isInstanceOf(CallerProblem.class);
    assertThat(
            conversation(
                    "'safetySettings':[{}],'generationConfig':{'seed':3,'presencePenalty':1,"
                        + "'responseModalities':['TEXT']}")
                .unknown())
        .containsOnlyKeys(
            "safetySettings", "seed", "presence_penalty", "generationConfig.responseModalities");
  }

  @Test
  void rule1CallsWithoutIdsAreAnsweredByNameAndOrder() {
    Conversation read =
        request(
                "{'contents':[{'role':'user','parts':[{'text':'x'}]},{'role':'model','parts':["
                    + "{'functionCall':{'name':'f','args':{'a':1}}},{'functionCall':{'name':'f'}},"
                    + "{'function_call':{'id':'own','name':'g','args':{}}}]},{'role':'user',"
                    + "'parts':[{'functionResponse':{'name':'f','response':{'result':'one'}}},"
                    + "{'functionResponse':{'name':'g','id':'own','response':{'error':'no'}}},"
                    + "{'functionResponse':{'name':'f','response':{'k':[2]}}},"
                    + "{'text':'and?'}]}]}")
            .conversation();
    List<ToolCall> calls = read.messages().get(1).toolCalls();
    assertThat(calls).extracting(ToolCall::arguments).containsExactly("{\"a\":1}", "{}", "{}");
    assertThat(calls).extracting(ToolCall::id).doesNotHaveDuplicates().endsWith("own");
    List<Conversation.Message> responses = read.messages().subList(2, 5);
    assertThat(responses)
        .extracting(m -> m.toolResult().orElseThrow().callId())
        .containsExactly(calls.get(0).id(), "own", calls.get(1).id());
    assertThat(responses)
        .extracting(m -> ((TextPart) m.parts().getFirst()).text())
        .containsExactly("one", "no", "{\"k\":[2]}");
    assertThat(responses)
        .extracting(m -> m.toolResult().orElseThrow().failed())
        .containsExactly(false, true, false);
    assertThat(read.messages().getLast().role()).isEqualTo(Role.USER);
  }

  private static byte[] respond() {
    return SURFACE.writeResponse(
        new ChatResponse(
            "id-1",
            "claude-x",
            0,
            List.of(
                new ChatResponse.Choice(
                    0,
                    List.of(
                        new ReasoningPart("I think", Optional.of(STATE)),
                        new TextPart("Hi"),
                        new ToolCallPart(new ToolCall("t1", "f", "{\"a\":1}", Optional.of(STATE))),
                        new ToolCallPart(new ToolCall("t2", "g", "not json"))),
                    Optional.empty(),
                    new FinishReason(FinishReason.Kind.TOOL_CALLS, "tool_use"))),
            Optional.of(new Usage(10, 30, 4, 0, 20))));
  }

  @Test
  void rule12AResponseIsWrittenInGeminisFormatWithItsCounts() {
    String signature = ThoughtSignatures.write(STATE);
    assertThat(plain(respond()))
        .isEqualTo(
            "{'candidates':[{'content':{'parts':[{'thought':true,'text':'I think',"
                + "'thoughtSignature':'@'},{'text':'Hi'},{'functionCall':{'id':'t1','name':'f',"
                    .replace("@", signature)
                + "'args':{'a':1}},'thoughtSignature':'"
                + signature
                + "'},{'functionCall':{'id':'t2','name':'g','args':{'arguments':'not json'}}}],"
                + "'role':'model'},'finishReason':'STOP','index':0}],'usageMetadata':{"
                + "'promptTokenCount':10,'candidatesTokenCount':10,'totalTokenCount':40,"
                + "'cachedContentTokenCount':4,'thoughtsTokenCount':20},"
                + "'modelVersion':'claude-x','responseId':'id-1'}");
  }

  @Test
  void rule7AndRule9StateSurvivesClientsThatEncodeBytesAnew() {
    String body = new String(respond(), StandardCharsets.UTF_8);
    String content = StrictJson.tree(respond()).at("/candidates/0/content").toString();
    String signature = ThoughtSignatures.write(STATE);
    assertThat(body).contains(signature);
    for (String given :
        List.of(
            signature, signature.replace('+', '-').replace('/', '_'), signature.replace("=", ""))) {
      ChatRequest next =
          request("{'contents':[" + content.replace(signature, given) + "]}".replace('\'', '"'));
      List<Conversation.Part> parts = next.conversation().messages().getFirst().parts();
      assertThat(parts.get(0)).isEqualTo(new ReasoningPart("I think", Optional.of(STATE)));
      assertThat(((ToolCallPart) parts.get(2)).call().state()).contains(STATE);
    }
  }

  @Test
  void rule7ReasoningThatArrivesInPiecesIsOnePartAgain() {
    Surface.ChatEventWriter writer = SURFACE.streamWriter(request("{'contents':[{}]}"));
    StringBuilder contents = new StringBuilder();
    for (ChatEvent event :
        List.of(
            new ChatEvent.Started("i", "m", 0),
            new ChatEvent.ReasoningDelta(0, "I "),
            new ChatEvent.ReasoningDelta(0, "think"),
            new ChatEvent.ReasoningState(0, STATE),
            new ChatEvent.TextDelta(0, "Hel"),
            new ChatEvent.TextDelta(0, "lo"))) {
      String said = new String(writer.write(event), StandardCharsets.UTF_8).strip();
      if (!said.isEmpty()) {
        byte[] json = said.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
        contents.append(contents.isEmpty() ? "" : ",");
        contents.append(StrictJson.tree(json).at("/candidates/0/content"));
      }
    }
    assertThat(request("{'contents':[" + contents + "]}").conversation().messages())
        .hasSize(1)
        .first()
        .extracting(Conversation.Message::parts)
        .isEqualTo(
            List.of(new ReasoningPart("I think", Optional.of(STATE)), new TextPart("Hello")));
  }

  @Test
  void errorsAreGoogles() {
    ProviderProblem limited =
        ProviderProblem.of("acme", FailureCause.RATE_LIMITED, 429)
            .message("Slow down.")
            .retryAfter(Optional.of(Duration.ofMillis(1500)))
            .build();
    assertThat(plain(SURFACE.writeProblem(limited)))
        .isEqualTo(
            "{'error':{'code':429,'message':'Slow down.','status':'RESOURCE_EXHAUSTED',"
                + "'details':[{'@type':'type.googleapis.com/google.rpc.RetryInfo',"
                + "'retryDelay':'2s'}]}}");
    assertThat(plain(SURFACE.writeProblem(CallerProblem.unknownModel("x"))))
        .contains("'code':404", "'status':'NOT_FOUND'");
  }

  @Test
  void theSameDialectGoesThroughUnchangedButForForeignState() {
    String same = "{'contents':[{'parts':[{'text':'hi'}]}],  'x_new':1}";
    Asked asked = Asked.of(new GeminiDialect(), "https://g.test/v1beta", "gemini-3-pro");
    ChatRequest request = request(same);
    assertThat(asked.write(request).body()).isSameAs(request.bytes());
    String carrying =
        "{'contents':[{'role':'model','parts':[{'thought':true,'text':'t','thoughtSignature':'S'},"
            + "{'functionCall':{'name':'f'},'thought_signature':'S'},"
            + "{'text':'x','thoughtSignature':'b3du'}]}]}";
    assertThat(
            asked.body(
                request(carrying.replace("'S'", "'" + ThoughtSignatures.write(STATE) + "'"))))
        .isEqualTo(
            "{'contents':[{'role':'model','parts':[{'functionCall':{'name':'f'},"
                + "'thoughtSignature':'skip_thought_signature_validator'},"
                + "{'text':'x','thoughtSignature':'b3du'}]}]}");
  }

  @Test
  void aConversationReachesOtherDialectsWhole() {
    String asked =
        "{'systemInstruction':{'parts':[{'text':'S'}]},'contents':[{'role':'user','parts':["
            + "{'text':'look'},{'inline_data':{'mime_type':'image/png','data':'iVBO'}}]},"
            + "{'role':'model','parts':[{'functionCall':{'id':'c','name':'f','args':{'a':1}}}]},"
            + "{'role':'user','parts':[{'functionResponse':{'id':'c','name':'f','response':"
            + "{'output':'ok'}}}]}],'tools':[{'functionDeclarations':[{'name':'f'}]}]}";
    String openai =
        Asked.of(new OpenAiDialect(), "https://o.test/v1", "gpt-x").body(request(asked));
    assertThat(openai)
        .contains(
            "{'role':'system','content':'S'}",
            "{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBO'}}",
            "'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':",
            "'tool_call_id':'c'");
    String anthropic =
        Asked.of(new AnthropicDialect(), "https://a.test", "claude-sonnet-4-5")
            .body(request(asked));
    assertThat(anthropic)
        .contains(
            "'source':{'type':'base64','media_type':'image/png','data':'iVBO'}",
            "{'type':'tool_use','id':'c','name':'f','input':{'a':1}}",
            "{'type':'tool_result','tool_use_id':'c'");
  }

  @Test
  void aCountIsAskedForInEitherForm() {
    for (String body :
        List.of(
            "{'contents':[{'parts':[{'text':'hi'}]}]}",
            "{'generateContentRequest':{'model':'models/m','contents':[{'parts':[{'text':'hi'}]}]}}")) {
      byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      InboundRequest inbound =
          new InboundRequest("POST", "/v1beta/models/m:countTokens", "", Headers.NONE, bytes);
      assertThat(SURFACE.readRequest(inbound).conversation().messages()).hasSize(1);
    }
    assertThat(plain(SURFACE.writeTokenCount(7))).isEqualTo("{'totalTokens':7}");
  }
}
