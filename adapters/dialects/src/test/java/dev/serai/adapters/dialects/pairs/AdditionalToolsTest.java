package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.responses.ResponsesDialect;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.model.Capability;
import dev.serai.core.request.ChatRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Tools that messages declare are tools of the request: those of an item {@code additional_tools},
 * as Codex sends all of its tools, and those of a block {@code tool_addition} of Anthropic's.
 */
class AdditionalToolsTest {
  private static final String DECLARING =
      "'role':'developer','tools':[{'type':'namespace','name':'crm','tools':["
          + "{'type':'custom','name':'note'},{'type':'function','name':'ship','parameters':"
          + "{'type':'object','properties':{'to':{'type':'string'}}}}]}]";
  private static final String SAID = "{'type':'message','role':'user','content':'hi'}";

  private static ChatRequest asked(String items) {
    return Client.RESPONSES.ask("'input':[" + items + "]", false);
  }

  private static ChatRequest declared() {
    return asked("{'type':'additional_tools'," + DECLARING + "}," + SAID);
  }

  @TestFactory
  Stream<DynamicTest> everyProviderGetsThem() {
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.RESPONSES && !pair.same()),
        pair -> {
          ProviderRequest written = pair.write(declared());
          assertThat(Pair.text(written)).containsOnlyOnce("'crm__ship'").contains("'crm__note'");
          assertThat(written.dropped()).isEmpty();
        });
  }

  @Test
  void theyAreDeclaredBesideTheOthersAndACallOfOneIsTheClientsOwn() {
    Pair toChats = new Pair(Client.RESPONSES, new OpenAiDialect());
    ChatRequest request =
        Client.RESPONSES.ask(
            "'tools':[{'type':'function','name':'look'}],'input':["
                + "{'type':'additional_tools',"
                + DECLARING
                + "},"
                + SAID
                + "]",
            false);
    JsonNode tools = Pair.body(toChats.write(request)).path("tools");
    assertThat(tools.findValuesAsText("name")).contains("look", "crm__note", "crm__ship");
    String reply =
        "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant','tool_calls':["
            + "{'id':'a','type':'function','function':{'name':'crm__ship','arguments':'{}'}}]},"
            + "'finish_reason':'tool_calls'}]}";
    JsonNode call =
        StrictJson.tree(toChats.answered(request, Pair.bytes(reply), toChats.target()))
            .at("/output/0");
    assertThat(call.path("name").asText()).isEqualTo("ship");
    assertThat(call.path("namespace").asText()).isEqualTo("crm");
  }

  private static ChatRequest changing(String blocks) {
    return Client.ANTHROPIC.ask(
        "'tools':[{'name':'alpha','input_schema':{'type':'object'}}],'messages':["
            + "{'role':'user','content':'hi'},{'role':'assistant','content':'ok'},"
            + "{'role':'user','content':'go'},{'role':'system','content':["
            + blocks
            + "]}]",
        false);
  }

  @TestFactory
  Stream<DynamicTest> aToolThatAMessageDefinesIsOfferedAndARemovedOneIsNot() {
    String defined =
        "{'type':'tool_addition','tool':{'type':'tool_definition','definition':"
            + "{'name':'beta','input_schema':{'type':'object'}}}}";
    String removed = "{'type':'tool_removal','tool':{'type':'tool_reference','name':'alpha'}}";
    return Pair.each(
        Pair.all().filter(pair -> pair.client() == Client.ANTHROPIC && !pair.same()),
        pair -> {
          ProviderRequest written = pair.write(changing(defined + "," + removed));
          assertThat(Pair.text(written)).containsOnlyOnce("'beta'").doesNotContain("'alpha'");
          assertThat(written.dropped()).isEmpty();
          String again = removed.replace("removal", "addition");
          ProviderRequest back = pair.write(changing(removed + "," + again));
          assertThat(Pair.text(back)).containsOnlyOnce("'alpha'");
        });
  }

  @Test
  void aMessageThatOnlyChangesToolsIsNotSent() {
    String removed = "{'type':'tool_removal','tool':{'type':'tool_reference','name':'alpha'}}";
    Pair toChats = new Pair(Client.ANTHROPIC, new OpenAiDialect());
    assertThat(Pair.body(toChats.write(changing(removed))).path("messages")).hasSize(3);
  }

  @Test
  void aRequestWithThemNeedsAModelWithTools() {
    assertThat(declared().outline().needs()).containsExactly(Capability.TOOLS);
    assertThat(asked("{" + DECLARING + ",'type':'additional_tools'}," + SAID).outline().needs())
        .containsExactly(Capability.TOOLS);
    ChatRequest defining =
        Client.ANTHROPIC.ask(
            "'messages':[{'role':'user','content':[{'type':'text','text':'hi'},{'type':"
                + "'tool_addition','tool':{'type':'tool_definition','definition':{'name':'beta',"
                + "'description':'"
                + "x".repeat(4000)
                + "','input_schema':{'type':'object'}}}}]}]",
            false);
    assertThat(defining.outline().needs()).containsExactly(Capability.TOOLS);
    assertThat(defining.outline().promptTokens()).isGreaterThan(500);
  }

  @Test
  void longIdsOfTheirCallsAreShortForAProviderOfTheSameDialect() {
    String id = "functions_list_all_open_purchase_orders_of_one_supplier_by_delivery_date_12";
    ChatRequest request =
        asked(
            "{'type':'additional_tools',"
                + DECLARING
                + "},"
                + SAID
                + ",{'type':'function_call','namespace':'crm','name':'ship','arguments':'{}','call_id':'"
                + id
                + "'},{'type':'function_call_output','output':'x','call_id':'"
                + id
                + "'}");
    String sent = new Pair(Client.RESPONSES, new ResponsesDialect()).sent(request);
    assertThat(sent).contains("'additional_tools'").doesNotContain(id);
  }
}
