package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Parts of a history that a dialect cannot express are left out and named; the rest is sent. */
class LeftOutTest {
  private static final List<String> RECORDS =
      List.of(
          "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "mcp_call",
          "mcp_list_tools",
          "mcp_approval_request",
          "mcp_approval_response",
          "computer_call",
          "computer_call_output",
          "local_shell_call",
          "local_shell_call_output",
          "shell_call",
          "apply_patch_call",
          "compaction",
          "kind_of_tomorrow");

  private static Stream<Pair> of(Client client) {
    return Pair.all().filter(pair -> pair.client() == client && !pair.same());
  }

  private static ProviderRequest written(Pair pair, String members) {
    return pair.write(pair.client().ask(members, false));
  }

  @TestFactory
  Stream<DynamicTest> recordsOfAProvidersOwnToolsAreLeftOut() {
    return Pair.each(
        of(Client.RESPONSES),
        pair -> {
          for (String type : RECORDS) {
            String members =
                "'input':[{'role':'user','content':'before'},{'type':'"
                    + type
                    + "','id':'x_1','status':'completed','action':{'type':'search','query':'q'}},"
                    + "{'role':'assistant','content':[{'type':'output_text','text':'found',"
                    + "'annotations':[]},{'type':'drawing','shape':'round'}]},"
                    + "{'role':'user','content':'behind'}]";
            ProviderRequest written = written(pair, members);
            assertThat(written.dropped())
                .containsExactlyInAnyOrder("input." + type, "input.content.drawing");
            assertThat(Pair.text(written))
                .contains("before", "found", "behind")
                .doesNotContain(type, "x_1", "round");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> customToolsOfAChatAreFunctionsWithOneText() {
    String members =
        "'tools':[{'type':'custom','custom':{'name':'patch'}},{'type':'function','function':"
            + "{'name':'look'}}],'tool_choice':{'type':'custom','custom':{'name':'patch'}},"
            + "'messages':[{'role':'user','content':'hi'},{'role':'assistant','tool_calls':["
            + "{'id':'c1','type':'custom','custom':{'name':'patch','input':'+ line'}}]},"
            + "{'role':'tool','tool_call_id':'c1','content':'done'},"
            + "{'role':'user','content':'and?'}]";
    return Pair.each(
        of(Client.OPENAI),
        pair -> {
          ProviderRequest written = written(pair, members);
          assertThat(written.dropped()).doesNotContain("tools.custom", "tool_choice.custom");
          assertThat(Pair.text(written))
              .contains("+ line", "done", "look", "and?", "The whole input of the tool");
        });
  }

  @TestFactory
  Stream<DynamicTest> callsAndPartsOfOtherServersChatsAreLeftOutWithTheirResults() {
    String members =
        "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':["
            + "{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},"
            + "{'type':'text','text':'found'},{'type':'reference','reference_ids':[1]}],"
            + "'tool_calls':[{'id':'c1','type':'web_search','web_search':{'query':'q'}}]},"
            + "{'role':'tool','tool_call_id':'c1','content':'a page'},"
            + "{'role':'user','content':'and?'}]";
    return Pair.each(
        of(Client.OPENAI),
        pair -> {
          ProviderRequest written = written(pair, members);
          assertThat(written.dropped())
              .contains("messages.content.reference", "messages.tool_calls.web_search")
              .contains("tool_result");
          assertThat(Pair.text(written))
              .contains("found", "and?")
              .doesNotContain("a page", "'c1'", "reference_ids");
        });
  }

  @TestFactory
  Stream<DynamicTest> aForcedToolThatIsLeftOutIsNotForced() {
    String members =
        "'tools':[{'type':'web_search_20250305','name':'web_search'},{'name':'look',"
            + "'input_schema':{'type':'object'}}],'tool_choice':{'type':'tool','name':"
            + "'web_search'},'messages':[{'role':'user','content':'hi'},{'role':'assistant',"
            + "'content':[{'type':'server_tool_use','id':'s1','name':'web_search','input':{}}]},"
            + "{'role':'user','content':'and?'}]";
    return Pair.each(
        of(Client.ANTHROPIC),
        pair -> {
          ProviderRequest written = written(pair, members);
          assertThat(written.dropped())
              .contains("tool_choice", "tools.web_search_20250305")
              .contains("messages.content.server_tool_use");
          JsonNode body = Pair.body(written);
          assertThat(body.toString()).doesNotContain("web_search");
          if (pair.goesTo(Set.of("openai"))) {
            assertThat(body.path("messages").findValuesAsText("role"))
                .containsExactly("user", "user");
          }
        });
  }

  private static final String CUSTOM =
      "'tools':[{'type':'custom','name':'look','description':'d'}],'input':'hi'";

  @TestFactory
  Stream<DynamicTest> aCustomToolMayBeCalledWithoutInput() {
    return Pair.each(
        of(Client.RESPONSES),
        pair -> {
          for (String arguments : List.of("", "{}", "{\"input\":\"\"}")) {
            ChatRequest request = pair.client().ask(CUSTOM, true);
            byte[] told =
                pair.rendered(
                    request,
                    List.of(
                        new ChatEvent.Started("x", "m", 1),
                        new ChatEvent.ToolCallStarted(0, 0, "c1", "look"),
                        new ChatEvent.ToolArgumentsDelta(0, 0, arguments),
                        new ChatEvent.Finished(
                            0, new FinishReason(FinishReason.Kind.TOOL_CALLS, "tool_calls")),
                        new ChatEvent.Ended()));
            JsonNode item = Gathered.of(Client.RESPONSES, told).at("/output/0");
            assertThat(item.path("type").asText()).isEqualTo("custom_tool_call");
            assertThat(item.path("input").textValue()).isEmpty();
            assertThat(new String(told, UTF_8)).doesNotContain("\"delta\":\"\"");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aNonStreamingResponseMayCallACustomToolWithoutInput() {
    return Pair.each(
        of(Client.RESPONSES),
        pair -> {
          byte[] response =
              new String(RoundTripTest.recorded(pair.dialect()), UTF_8)
                  .replace("\"time\"", "\"look\"")
                  .getBytes(UTF_8);
          ChatRequest request = pair.client().ask(CUSTOM, false);
          pair.write(request);
          byte[] told = pair.answered(request, response, pair.target());
          JsonNode last = StrictJson.tree(told).path("output");
          assertThat(last.get(last.size() - 1).path("input").textValue()).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> severalTextsOfAResultStayApart() {
    Set<Client> clients = Set.of(Client.OPENAI, Client.ANTHROPIC, Client.RESPONSES);
    return Pair.each(
        Pair.all().filter(pair -> clients.contains(pair.client())).filter(pair -> !pair.same()),
        pair -> {
          String members =
              Opening.called(pair.client(), pair.client().tools() + ",")
                  .replace(
                      "'content':'one'",
                      "'content':[{'type':'text','text':'one'},{'type':'text','text':'more'}]")
                  .replace(
                      "'output':'one'",
                      "'output':[{'type':'input_text','text':'one'},"
                          + "{'type':'input_text','text':'more'}]");
          assertThat(members).contains("'more'");
          ProviderRequest written = written(pair, members);
          assertThat(Pair.text(written))
              .containsPattern("'one'.*'more'|one\\\\nmore")
              .doesNotContain("onemore");
        });
  }
}
