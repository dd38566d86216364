package dev.serai.adapters.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface.ChatEventWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponsesSurfaceTest {
  static final ResponsesSurface SURFACE =
      new ResponsesSurface(() -> Instant.ofEpochSecond(1_790_000_000));

  private static final OpaqueState SIGNATURE =
      new OpaqueState("anthropic", "acme", "signature", "sig==");
  private static final FinishReason STOP = new FinishReason(Kind.STOP, "stop");
  private static final FinishReason CALLS = new FinishReason(Kind.TOOL_CALLS, "tool_calls");

  /** Reads a request; single quotes stand for double ones. */
  static ChatRequest request(String json) {
    return SURFACE.readRequest(Inbound.post("/v1/responses", json.replace('\'', '"')));
  }

  private static String asChat(String members) {
    return Asked.of(new OpenAiDialect(), "https://acme.test/v1", "m")
        .body(request("{'model':'m'," + members + "}"));
  }

  private static JsonNode whole(ChatRequest request, ChatResponse.Choice choice) {
    ChatResponse response =
        new ChatResponse("x", "claude", 0, List.of(choice), Optional.of(Usage.of(7, 3)));
    return StrictJson.tree(SURFACE.writeResponse(request, response));
  }

  private static ReceivedStream streamed(ChatRequest request, ChatEvent... events) {
    ChatEventWriter writer = SURFACE.streamWriter(request);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ChatEvent event : events) {
      bytes.writeBytes(writer.write(event));
    }
    ReceivedStream told = ReceivedStream.of(bytes.toString(StandardCharsets.UTF_8));
    told.followsTheGrammar();
    return told;
  }

  private static String quoted(JsonNode node) {
    return node.toString().replace('"', '\'');
  }

  @Test
  void textInputIsAUserMessageAfterTheInstructions() {
    assertThat(asChat("'input':'hi','instructions':'Be kind.'"))
        .contains(
            "'messages':[{'role':'system','content':'Be kind.'},{'role':'user','content':'hi'}]");
  }

  @Test
  void reasoningTextAndToolCallsAreOneAssistantMessage() {
    assertThat(
            asChat(
                "'input':[{'role':'user','content':'time?'},"
                    + "{'type':'reasoning','id':'rs_1','summary':[]},"
                    + "{'type':'message','role':'assistant','content':[{'type':'output_text',"
                    + "'text':'Looking.'}]},"
                    + "{'type':'function_call','id':'fc_1','call_id':'call_7','name':'now',"
                    + "'arguments':''},"
                    + "{'type':'function_call_output','call_id':'call_7','output':'12:00'}]"))
        .contains(
            "{'role':'assistant','content':'Looking.','tool_calls':[{'id':'call_7',"
                + "'type':'function','function':{'name':'now','arguments':'{}'}}]},"
                + "{'role':'tool','content':'12:00','tool_call_id':'call_7'}");
  }

  @Test
  void imagesAndFilesAreRead() {
    assertThat(
            asChat(
                "'input':[{'role':'user','content':[{'type':'input_text','text':'?'},"
                    + "{'type':'input_image','image_url':'https://a.test/p.png','detail':'low'},"
                    + "{'type':'input_file','file_id':'file-1'}]}]"))
        .contains("{'url':'https://a.test/p.png','detail':'low'}", "{'file_id':'file-1'}");
  }

  @Test
  void settingsAreWrittenWithTheNamesOfChatCompletions() {
    assertThat(
            asChat(
                "'input':'x','max_output_tokens':9,'temperature':0.5,'reasoning':{'effort':"
                    + "'low','summary':'auto'},'parallel_tool_calls':false,'tool_choice':"
                    + "{'type':'function','name':'f'},'tools':[{'type':'function','name':'f',"
                    + "'parameters':{'type':'object'},'strict':true}],'text':{'format':"
                    + "{'type':'json_schema','name':'n','schema':{'type':'object','properties':"
                    + "{'a':{'type':'string'}},'required':['a']},'strict':true}}"))
        .contains(
            "'max_completion_tokens':9",
            "'temperature':0.5",
            "'reasoning_effort':'low'",
            "'parallel_tool_calls':false",
            "'tool_choice':{'type':'function','function':{'name':'f'}}",
            "'response_format':{'type':'json_schema','json_schema':{'name':'n','schema':"
                + "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],"
                + "'additionalProperties':false},'strict':true}}");
  }

  @Test
  void onlyAllowedToolsAreOffered() {
    assertThat(
            asChat(
                "'input':'x','tools':[{'type':'function','name':'a'},{'type':'function',"
                    + "'name':'b'}],'tool_choice':{'type':'allowed_tools','mode':'required',"
                    + "'tools':[{'type':'function','name':'b'}]}"))
        .contains("'name':'b'", "'tool_choice':'required'")
        .doesNotContain("'name':'a'");
  }

  @Test
  void membersWithoutCounterpartAreReported() {
    List<String> dropped =
        Asked.of(new AnthropicDialect(), "https://acme.test", "claude-sonnet-4-5")
            .dropped(
                request(
                    "{'model':'m','input':'x','prompt_cache_key':'k','truncation':'auto',"
                        + "'include':['message.output_text.logprobs','reasoning.encrypted_content']"
                        + ",'text':{'verbosity':'low'},'metadata':{'a':'b'},'store':true,"
                        + "'tools':[{'type':'web_search'}]}"));
    assertThat(dropped)
        .containsExactlyInAnyOrder(
            "prompt_cache_key",
            "truncation",
            "text.verbosity",
            "include.message.output_text.logprobs",
            "tools.web_search");
  }

  @Test
  void aToolCallKeepsItsNamespace() {
    ChatRequest request =
        request(
            "{'model':'m','input':'x','tools':[{'type':'namespace','name':'mcp__git','tools':"
                + "[{'type':'function','name':'log'}]}]}");
    assertThat(request.conversation().tools().getFirst().name()).isEqualTo("mcp__git__log");
    JsonNode response = whole(request, calling(new ToolCall("call_1", "mcp__git__log", "{}")));
    JsonNode item = response.path("output").path(0);
    assertThat(item.path("namespace").asText()).isEqualTo("mcp__git");
    assertThat(item.path("name").asText()).isEqualTo("log");
    assertThat(
            asChat(
                "'input':[{'type':'function_call','call_id':'c','namespace':'mcp__git',"
                    + "'name':'log','arguments':'{}'}]"))
        .contains("'name':'mcp__git__log'");
  }

  @Test
  void aCustomToolIsAFunctionWithOneTextArgument() {
    ChatRequest request =
        request(
            "{'model':'m','input':'x','tools':[{'type':'custom','name':'patch','description':"
                + "'Patches.','format':{'type':'grammar','syntax':'lark','definition':'s: x'}}]}");
    assertThat(request.conversation().tools().getFirst().description())
        .hasValueSatisfying(text -> assertThat(text).contains("Patches.", "lark", "s: x"));
    ReceivedStream told =
        streamed(
            request,
            new ChatEvent.ToolCallStarted(0, 0, "call_1", "patch"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{\"input\":\"a\\n"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "b\"}"),
            new ChatEvent.Finished(0, CALLS),
            new ChatEvent.Ended());
    JsonNode item = told.last().path("response").path("output").path(0);
    assertThat(item.path("type").asText()).isEqualTo("custom_tool_call");
    assertThat(item.path("input").asText()).isEqualTo("a\nb");
    assertThat(told.types())
        .contains("response.custom_tool_call_input.delta", "response.custom_tool_call_input.done");
  }

  private static ChatResponse.Choice calling(ToolCall call) {
    return new ChatResponse.Choice(0, List.of(new ToolCallPart(call)), Optional.empty(), CALLS);
  }

  @Test
  void aResponseRepeatsTheRequestsParameters() {
    JsonNode response =
        whole(
            request("{'model':'m','input':'x','metadata':{'a':'b'},'instructions':'I'}"),
            new ChatResponse.Choice(0, List.of(new TextPart("Hi")), Optional.empty(), STOP));
    assertThat(quoted(response.path("metadata"))).isEqualTo("{'a':'b'}");
    assertThat(response.path("instructions").asText()).isEqualTo("I");
    assertThat(response.path("status").asText()).isEqualTo("completed");
    assertThat(response.path("id").asText()).startsWith("resp_");
    assertThat(quoted(response.path("usage")))
        .isEqualTo(
            "{'input_tokens':7,'input_tokens_details':{'cached_tokens':0,'cache_write_tokens':0},'output_tokens':3,"
                + "'output_tokens_details':{'reasoning_tokens':0},'total_tokens':10}");
  }

  @Test
  void anUnknownFinishReasonIsNotCompleted() {
    JsonNode response =
        whole(
            request("{'model':'m','input':'x'}"),
            new ChatResponse.Choice(
                0,
                List.of(new TextPart("Hi")),
                Optional.empty(),
                new FinishReason(Kind.OTHER, "tired")));
    assertThat(response.path("status").asText()).isEqualTo("incomplete");
    assertThat(response.path("incomplete_details").path("reason").asText())
        .isEqualTo("max_output_tokens");
  }

  @Test
  void reasoningStateSurvivesInEncryptedContent() {
    ChatRequest request = request("{'model':'m','stream':true,'input':'x'}");
    ReceivedStream told =
        streamed(
            request,
            new ChatEvent.ReasoningDelta(0, "Hm."),
            new ChatEvent.ReasoningState(0, SIGNATURE),
            new ChatEvent.TextDelta(0, "42"),
            new ChatEvent.Finished(0, STOP),
            new ChatEvent.Ended());
    JsonNode output = told.last().path("response").path("output");
    assertThat(OpaqueStateCodec.decode(output.path(0).path("encrypted_content").asText()))
        .contains(SIGNATURE);
    ChatRequest next = request("{'model':'m','input':" + output + "}");
    assertThat(next.conversation().messages().getFirst().parts())
        .containsExactly(new ReasoningPart("Hm.", Optional.of(SIGNATURE)), new TextPart("42"));
    ReasoningPart hidden = new ReasoningPart("", Optional.of(SIGNATURE));
    JsonNode response =
        whole(request, new ChatResponse.Choice(0, List.of(hidden), Optional.empty(), STOP));
    assertThat(
            request("{'model':'m','input':" + response.path("output") + "}")
                .conversation()
                .messages()
                .getFirst()
                .parts())
        .containsExactly(hidden);
  }

  @Test
  void toolCallStateSurvivesInTheCallId() {
    ToolCall call = new ToolCall("call_1", "f", "{}", Optional.of(SIGNATURE));
    JsonNode item = whole(request("{'model':'m','input':'x'}"), calling(call)).path("output");
    assertThat(item.path(0).path("id")).isNotEqualTo(item.path(0).path("call_id"));
    assertThat(
            request("{'model':'m','input':" + item + "}")
                .conversation()
                .messages()
                .getFirst()
                .toolCalls())
        .containsExactly(call);
  }

  @Test
  void interleavedToolCallsAreSeparated() {
    ReceivedStream told =
        streamed(
            request("{'model':'m','stream':true,'input':'x'}"),
            new ChatEvent.TextDelta(0, "Both."),
            new ChatEvent.ToolCallStarted(0, 0, "call_1", "f"),
            new ChatEvent.ToolCallStarted(0, 1, "call_2", "g"),
            new ChatEvent.ToolArgumentsDelta(0, 1, "{\"b\":"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
            new ChatEvent.ToolArgumentsDelta(0, 1, "2}"),
            new ChatEvent.Finished(0, CALLS),
            new ChatEvent.UsageReported(Usage.of(5, 6)),
            new ChatEvent.Ended());
    JsonNode output = told.last().path("response").path("output");
    assertThat(output.path(1).path("arguments").asText()).isEqualTo("{}");
    assertThat(output.path(2).path("arguments").asText()).isEqualTo("{\"b\":2}");
    assertThat(told.last().path("response").path("usage").path("total_tokens").asInt())
        .isEqualTo(11);
  }

  @Test
  void aToolCallIsDoneBeforeTheNextItemBegins() {
    ReceivedStream told =
        streamed(
            request("{'model':'m','stream':true,'input':'x'}"),
            new ChatEvent.ToolCallStarted(0, 0, "call_1", "f"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "{\"a\":"),
            new ChatEvent.ToolArgumentsDelta(0, 0, "1}"),
            new ChatEvent.ToolCallStarted(0, 1, "call_2", "g"),
            new ChatEvent.ToolArgumentsDelta(0, 1, "{\"cut"),
            new ChatEvent.TextDelta(0, "Then text."),
            new ChatEvent.Finished(0, CALLS),
            new ChatEvent.Ended());
    told.followsTheGrammar();
    assertThat(told.items())
        .containsExactly("added 0", "done 0", "added 1", "added 2", "done 2", "done 1");
  }

  @Test
  void aFailureInsideAStreamIsTheLastEvent() {
    ReceivedStream told =
        streamed(
            request("{'model':'m','stream':true,'input':'x'}"),
            new ChatEvent.TextDelta(0, "Half"),
            new ChatEvent.Failed(
                ProviderProblem.of("acme", FailureCause.OVERLOADED, 502)
                    .message("It broke.")
                    .build()));
    assertThat(told.last().path("type").asText()).isEqualTo("response.failed");
    assertThat(quoted(told.last().path("response").path("error")))
        .isEqualTo("{'code':'server_error','message':'It broke.'}");
  }

  @Test
  void invalidParametersAreNamed() {
    refused("{'input':'x'}", "model");
    refused("{'model':'m'}", "input");
    refused("{'model':'m','input':[]}", "input");
    refused("{'model':'m','input':3}", "input");
    refused("{'model':'m','input':'x','background':true}", "background");
    refused("{'model':'m','input':'x','conversation':'conv_1'}", "conversation");
    refused("{'model':'m','input':'x','stream':'yes'}", "stream");
    refused("{'model':'m','input':'x','store':1}", "store");
    refused("{'model':'m','input':'x','previous_response_id':7}", "previous_response_id");
  }

  private static void refused(String json, String param) {
    assertThatThrownBy(() -> request(json))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.param()).contains(param);
            });
  }
}
