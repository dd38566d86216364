package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A client that searches for its tools can do so with any provider, and call what it found. */
class ToolSearchTest {
  private static final Pair TO_CHATS = new Pair(Client.RESPONSES, new OpenAiDialect());
  private static final String SEARCH =
      "{'type':'tool_search','execution':'client','description':'finds tools',"
          + "'parameters':{'type':'object','properties':{'query':{'type':'string'}}}}";
  private static final String FOUND =
      "'tools':[{'type':'namespace','name':'crm','tools':[{'type':'function','name':'ship',"
          + "'description':'ships','parameters':{'type':'object','properties':{}}}]},"
          + "{'type':'function','name':'look','parameters':{'type':'object','properties':{}}}]";

  private static ChatRequest asked(String input, String tools, boolean streaming) {
    return Client.RESPONSES.ask("'input':[" + input + "],'tools':[" + tools + "]", streaming);
  }

  private static final String SAID = "{'role':'user','content':'hi'}";
  private static final String HISTORY =
      SAID
          + ",{'type':'tool_search_call','id':'tsc_1','call_id':'c1','execution':'client',"
          + "'status':'completed','arguments':{'query':'ship'}},"
          + "{'type':'tool_search_output','call_id':'c1','execution':'client','status':'completed',"
          + FOUND
          + "}";

  @Test
  void theSearchIsAFunction() {
    ProviderRequest written = TO_CHATS.write(asked(SAID, SEARCH, false));
    assertThat(Pair.text(written))
        .contains(
            "{'name':'tool_search','description':'finds tools','parameters':"
                + "{'type':'object','properties':{'query':{'type':'string'}}}}");
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void theSearchAndItsResultAreACallAndWhatWasFoundIsDeclaredOnce() {
    String look =
        "{'type':'function','name':'look','parameters':{'type':'object','properties':{}}}";
    ProviderRequest written = TO_CHATS.write(asked(HISTORY, SEARCH + "," + look, false));
    JsonNode body = Pair.body(written);
    assertThat(body.at("/messages/1/tool_calls/0/function/name").asText()).isEqualTo("tool_search");
    assertThat(body.at("/messages/1/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"query\":\"ship\"}");
    assertThat(body.at("/messages/2/content").asText()).isEqualTo("crm__ship\nlook");
    List<String> names = new ArrayList<>();
    body.path("tools").forEach(tool -> names.add(tool.at("/function/name").asText()));
    assertThat(names).containsExactly("tool_search", "look", "crm__ship");
    assertThat(written.dropped()).isEmpty();
  }

  @Test
  void toolsThatOpenAiFoundAreDeclaredAndItsSearchIsLeftOut() {
    String hosted = HISTORY.replace("'c1'", "null").replace("client", "server");
    ProviderRequest written = TO_CHATS.write(asked(hosted, "{'type':'tool_search'}", false));
    assertThat(Pair.body(written).path("messages")).hasSize(1);
    assertThat(Pair.body(written).path("tools")).hasSize(2);
    assertThat(written.dropped())
        .containsExactlyInAnyOrder(
            "input.tool_search_call", "input.tool_search_output", "tools.tool_search");
  }

  private static final String CALLED =
      "'tool_calls':[{'index':0,'id':'a','type':'function','function':{'name':'tool_search',"
          + "'arguments':'{}'}}]";

  @Test
  void aCallOfTheFunctionIsASearchOfTheClient() {
    String reply =
        "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant',"
            + CALLED
            + "},'finish_reason':'tool_calls'}]}";
    ChatRequest request = asked(SAID, SEARCH, false);
    JsonNode item =
        StrictJson.tree(TO_CHATS.answered(request, Pair.bytes(reply), TO_CHATS.target()))
            .at("/output/0");
    assertThat(item.path("type").asText()).isEqualTo("tool_search_call");
    assertThat(item.path("execution").asText()).isEqualTo("client");
    assertThat(item.path("call_id").asText()).isEqualTo("a");
    assertThat(item.path("arguments").isObject()).isTrue();
    assertThat(item.has("name")).isFalse();
  }

  @Test
  void aStreamedSearchHasItsArgumentsInTheItem() {
    String head = "data: {'id':'c','model':'m','choices':[{'index':0,'delta':";
    byte[] stream =
        Pair.bytes(
            head
                + "{"
                + CALLED
                + "}}]}\n\n"
                + head
                + "{},'finish_reason':'tool_calls'}]}\n\ndata: [DONE]\n\n");
    String told = new String(TO_CHATS.told(asked(SAID, SEARCH, true), List.of(stream)), UTF_8);
    assertThat(told).doesNotContain("response.function_call_arguments");
    JsonNode done =
        told.lines()
            .filter(line -> line.startsWith("data: ") && line.contains("output_item.done"))
            .map(line -> StrictJson.tree(line.substring(6).getBytes(UTF_8)))
            .findFirst()
            .orElseThrow();
    assertThat(done.at("/item/type").asText()).isEqualTo("tool_search_call");
    assertThat(done.at("/item/status").asText()).isEqualTo("completed");
    assertThat(done.at("/item/arguments").isObject()).isTrue();
  }

  /** Anthropic's clients name what a search found; its definition is among the tools. */
  @TestFactory
  Stream<DynamicTest> theNameOfAFoundToolIsTheResultOfASearch() {
    String members =
        "'tools':[{'name':'find','input_schema':{'type':'object'}},{'name':'ship',"
            + "'defer_loading':true,'input_schema':{'type':'object'}}],"
            + "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':"
            + "[{'type':'tool_use','id':'t1','name':'find','input':{}}]},{'role':'user','content':"
            + "[{'type':'tool_result','tool_use_id':'t1','content':"
            + "[{'type':'tool_reference','tool_name':'ship'}]}]}]";
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.ANTHROPIC && !pair.same()),
        pair -> {
          ProviderRequest written = pair.write(Client.ANTHROPIC.ask(members, false));
          String sent = Pair.text(written);
          String declared = sent.replaceFirst("'ship'", "");
          assertThat(declared).contains("'ship'");
          assertThat(written.dropped()).containsExactly("tools.defer_loading");
        });
  }

  /** What Anthropic has summarised is said to the next provider as a text. */
  @TestFactory
  Stream<DynamicTest> theSummaryOfACompactedConversationIsText() {
    String members =
        "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':"
            + "[{'type':'compaction','content':'They spoke of ships.'},{'type':'compaction',"
            + "'content':null},{'type':'text','text':'b'}]},{'role':'user','content':'c'}]";
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.ANTHROPIC && !pair.same()),
        pair -> {
          ProviderRequest written = pair.write(Client.ANTHROPIC.ask(members, false));
          assertThat(Pair.text(written)).containsOnlyOnce("They spoke of ships.");
          assertThat(written.dropped()).isEmpty();
        });
  }

  @Test
  void betweenClientAndProviderOfAnthropicBothAreUnchanged() {
    Pair same = new Pair(Client.ANTHROPIC, new AnthropicDialect());
    String members =
        "'messages':[{'role':'user','content':'a'},{'role':'assistant','content':"
            + "[{'type':'compaction','content':'x'}]},{'role':'user','content':'c'}]";
    assertThat(same.sent(Client.ANTHROPIC.ask(members, false)))
        .contains("{'type':'compaction','content':'x'}");
  }
}
