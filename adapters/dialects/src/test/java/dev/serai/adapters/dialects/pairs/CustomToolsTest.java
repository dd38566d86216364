package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that take plain text are such tools in both of OpenAI's APIs, and functions elsewhere. */
class CustomToolsTest {
  private static final Pair TO_CHATS = new Pair(Client.RESPONSES, new OpenAiDialect());
  private static final Pair TO_RESPONSES = new Pair(Client.OPENAI, new ResponsesDialect());
  private static final String MODEL = "gpt-5";

  private static final String OF_CHATS =
      "'tools':[{'type':'custom','custom':{'name':'patch','description':'Edits.','format':"
          + "{'type':'grammar','grammar':{'syntax':'regex','definition':'[a-z]+'}}}}],"
          + "'tool_choice':{'type':'custom','custom':{'name':'patch'}}";
  private static final String OF_RESPONSES =
      "'tools':[{'type':'custom','name':'patch','description':'Edits.','format':"
          + "{'type':'grammar','syntax':'regex','definition':'[a-z]+'}}],"
          + "'tool_choice':{'type':'custom','name':'patch'}";
  private static final String CHAT_CALL =
      "'tool_calls':[{'id':'c1','type':'custom','custom':{'name':'patch','input':'+ ü'}}]";
  private static final String CHAT_HISTORY =
      "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':null,"
          + CHAT_CALL
          + "},{'role':'tool','tool_call_id':'c1','content':'done'}]";
  private static final String RESPONSES_CALL =
      "{'type':'custom_tool_call','call_id':'c1','name':'patch','input':'+ ü'}";
  private static final String RESPONSES_RESULT =
      "{'type':'custom_tool_call_output','call_id':'c1','output':'done'}";
  private static final String RESPONSES_HISTORY =
      "'input':[{'role':'user','content':'hi'}," + RESPONSES_CALL + "," + RESPONSES_RESULT + "]";

  private static ChatRequest ask(Client client, boolean streaming) {
    String members =
        client == Client.OPENAI
            ? OF_CHATS + "," + CHAT_HISTORY
            : OF_RESPONSES + "," + RESPONSES_HISTORY;
    return client.ask(members, streaming);
  }

  @Test
  void aChatsToolsCallsAndResultsAreSentToResponses() {
    ProviderRequest written = TO_RESPONSES.write(ask(Client.OPENAI, false), MODEL);
    assertThat(Pair.text(written)).contains(OF_RESPONSES, RESPONSES_CALL, RESPONSES_RESULT);
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void toolsCallsAndResultsOfResponsesAreSentToChats() {
    ProviderRequest written = TO_CHATS.write(ask(Client.RESPONSES, false), MODEL);
    assertThat(Pair.text(written))
        .contains(OF_CHATS, CHAT_CALL, "{'role':'tool','content':'done','tool_call_id':'c1'}");
    assertThat(written.dropped()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> otherModelsGetFunctionsWithTheGrammarInTheDescription() {
    return Stream.of(
            TO_CHATS,
            TO_RESPONSES,
            new Pair(Client.OPENAI, new AnthropicDialect()),
            new Pair(Client.RESPONSES, new AnthropicDialect()))
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair.name(),
                    () -> {
                      ProviderRequest written = pair.write(ask(pair.client(), false));
                      assertThat(Pair.text(written))
                          .contains("must follow this grammar (regex)", "[a-z]+", "+ ü", "done")
                          .doesNotContain("custom");
                      assertThat(written.dropped()).contains("tools.patch.format");
                    }));
  }

  @Test
  void withoutADescriptionTheGrammarIsAllOfIt() {
    ChatRequest undescribed =
        Client.RESPONSES.ask(
            OF_RESPONSES.replace("'description':'Edits.',", "") + "," + RESPONSES_HISTORY, false);
    assertThat(Pair.text(TO_CHATS.write(undescribed)))
        .contains("'description':'The input must follow this grammar (regex):");
  }

  @TestFactory
  Stream<DynamicTest> aCallComesBackInTheClientsForm() {
    String chat =
        "{'id':'c','object':'chat.completion','created':1,'model':'m','choices':[{'index':0,"
            + "'message':{'role':'assistant','content':null,"
            + CHAT_CALL
            + "},'finish_reason':'tool_calls'}]}";
    String response =
        "{'id':'r','object':'response','created_at':1,'model':'m','status':'completed','output':["
            + RESPONSES_CALL
            + "]}";
    String message =
        "{'id':'a','type':'message','role':'assistant','model':'m','content':[{'type':'tool_use',"
            + "'id':'c1','name':'patch','input':{'input':'+ ü'}}],'stop_reason':'tool_use'}";
    return Stream.of(
        DynamicTest.dynamicTest("chat", () -> comesBack(TO_CHATS, chat)),
        DynamicTest.dynamicTest("responses", () -> comesBack(TO_RESPONSES, response)),
        DynamicTest.dynamicTest(
            "messages to a chat",
            () -> comesBack(new Pair(Client.OPENAI, new AnthropicDialect()), message)),
        DynamicTest.dynamicTest(
            "messages to responses",
            () -> comesBack(new Pair(Client.RESPONSES, new AnthropicDialect()), message)));
  }

  private static void comesBack(Pair pair, String reply) {
    ChatRequest request = ask(pair.client(), false);
    pair.write(request);
    assertThat(pair.dialect().readResponse(request, Pair.bytes(reply), pair.target()).dropped())
        .isEmpty();
    JsonNode told = StrictJson.tree(pair.answered(request, Pair.bytes(reply), pair.target()));
    JsonNode call =
        pair.client() == Client.OPENAI
            ? told.at("/choices/0/message/tool_calls/0")
            : told.at("/output/0");
    assertCall(pair.client(), call);
  }

  private static void assertCall(Client client, JsonNode call) {
    boolean chat = client == Client.OPENAI;
    JsonNode custom = chat ? call.path("custom") : call;
    assertThat(call.path("type").asText()).isEqualTo(chat ? "custom" : "custom_tool_call");
    assertThat(call.path(chat ? "id" : "call_id").asText()).isEqualTo("c1");
    assertThat(custom.path("name").asText()).isEqualTo("patch");
    assertThat(custom.path("input").asText()).isEqualTo("+ ü");
  }

  private static byte[] chunks() {
    String head = "data: {'id':'c','model':'m','choices':[{'index':0,'delta':";
    return Pair.bytes(
        head
            + "{'role':'assistant','content':null,'tool_calls':[{'index':0,'id':'c1','type':'custom','custom':{'name':'patch','input':''}}]}}]}\n\n"
            + head
            + "{'tool_calls':[{'index':0,'custom':{'input':'+ '}}]}}]}\n\n"
            + head
            + "{'tool_calls':[{'index':0,'custom':{'input':'ü'}}]}}]}\n\n"
            + head
            + "{},'finish_reason':'tool_calls'}]}\n\ndata: [DONE]\n\n");
  }

  private static List<JsonNode> events(byte[] stream) {
    return new String(stream, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> StrictJson.tree(line.substring(6).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  @Test
  void aStreamedCallComesBackInEitherForm() {
    byte[] stream = TO_CHATS.told(ask(Client.RESPONSES, true), List.of(chunks()));
    JsonNode last = events(stream).getLast();
    assertThat(last.path("type").asText()).isEqualTo("response.completed");
    assertCall(Client.RESPONSES, last.at("/response/output/0"));
    List<JsonNode> chunks = events(TO_RESPONSES.told(ask(Client.OPENAI, true), List.of(stream)));
    List<JsonNode> calls =
        chunks.stream()
            .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(calls.getFirst().path("type").asText()).isEqualTo("custom");
    assertThat(calls.getFirst().path("id").asText()).isEqualTo("c1");
    assertThat(calls.getFirst().at("/custom/name").asText()).isEqualTo("patch");
    assertThat(calls.stream().map(call -> call.at("/custom/input").asText()).toList())
        .containsExactly("", "+ ü");
    assertThat(calls).allMatch(call -> call.path("index").asInt(-1) == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"input\":\"+ l", "{\"input\":\"+ l\\u00", "{\"input\":\"+ l\\"})
  void anInputThatWasCutOffIsThereAsFarAsItGoes(String arguments) {
    assertThat(ToolArguments.text(arguments)).isEqualTo("+ l");
  }

  @Test
  void aNamespacedToolComesBackInItsNamespace() {
    String members =
        "'tools':[{'type':'namespace','name':'git','tools':[{'type':'custom','name':'patch'}]}],"
            + "'input':'hi'";
    ChatRequest request = Client.RESPONSES.ask(members, false);
    assertThat(Pair.text(TO_CHATS.write(request, MODEL)))
        .contains("{'type':'custom','custom':{'name':'git__patch'}}");
    String reply =
        "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant',"
            + CHAT_CALL.replace("'patch'", "'git__patch'")
            + "},'finish_reason':'tool_calls'}]}";
    JsonNode call =
        StrictJson.tree(TO_CHATS.answered(request, Pair.bytes(reply), TO_CHATS.target()))
            .at("/output/0");
    assertCall(Client.RESPONSES, call);
    assertThat(call.path("namespace").asText()).isEqualTo("git");
  }

  @Test
  void ofTheAllowedToolsTheCustomOnesAreSent() {
    String members =
        OF_CHATS.substring(0, OF_CHATS.indexOf("}],'tool_choice'"))
            + "},{'type':'custom','custom':{'name':'other'}}],'tool_choice':{'type':'allowed_tools',"
            + "'allowed_tools':{'mode':'required','tools':[{'type':'custom','custom':{'name':"
            + "'patch'}}]}},"
            + Client.OPENAI.user("hi");
    String sent = Pair.text(TO_RESPONSES.write(Client.OPENAI.ask(members, false), MODEL));
    assertThat(sent)
        .contains("'name':'patch'", "'tool_choice':'required'")
        .doesNotContain("'other'");
  }

  @Test
  void aStreamedCallWithoutInputHasAnEmptyOne() {
    byte[] stream =
        Pair.bytes(
            "data: {'id':'c','model':'m','choices':[{'index':0,'delta':{'tool_calls':[{'index':0,"
                + "'id':'c1','type':'custom','custom':{'name':'patch'}}]},'finish_reason':"
                + "'tool_calls'}]}\n\ndata: [DONE]\n\n");
    JsonNode last = events(TO_CHATS.told(ask(Client.RESPONSES, true), List.of(stream))).getLast();
    assertThat(last.at("/response/output/0/input").asText("-")).isEmpty();
  }
}
