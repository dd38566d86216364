package dev.serai.adapters.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.request.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tools of different namespaces are different functions, and calls of them are restored. */
class NamespacedToolsTest {
  private static final String PLAIN = "{'type':'function','name':'a__b__c'}";
  private static final String NUMBERED = "{'type':'function','name':'a__b__c_2'}";
  private static final List<String> COLLIDING =
      List.of(
          space("a", "b__c") + "," + space("a__b", "c") + "," + space("a__", "b__c"),
          space("a", "b__c") + "," + PLAIN,
          PLAIN + "," + space("a", "b__c"),
          space("a__b", "c") + "," + NUMBERED + "," + PLAIN);

  private static String space(String name, String tool) {
    return "{'type':'namespace','name':'"
        + name
        + "','tools':[{'type':'function','name':'"
        + tool
        + "'}]}";
  }

  private static ChatRequest asking(String tools, String input) {
    return ResponsesSurfaceTest.request(
        "{'model':'m','tools':[" + tools + "],'input':" + input + "}");
  }

  private static List<String> names(ChatRequest request) {
    return request.conversation().tools().stream().map(tool -> tool.name()).toList();
  }

  /** The item that tells the client of a call. */
  private static JsonNode item(ChatRequest request, String function) {
    ChatResponse.Choice choice =
        new ChatResponse.Choice(
            0,
            List.of(new ToolCallPart(new ToolCall("c1", function, "{}"))),
            Optional.empty(),
            new FinishReason(Kind.TOOL_CALLS, "tool_use"));
    ChatResponse response = new ChatResponse("x", "m", 0, List.of(choice), Optional.empty());
    return StrictJson.tree(ResponsesSurfaceTest.SURFACE.writeResponse(request, response))
        .at("/output/0");
  }

  @TestFactory
  Stream<DynamicTest> toolsWhoseNamesCollideAreDistinguishedAndRestored() {
    return COLLIDING.stream().map(tools -> DynamicTest.dynamicTest(tools, () -> toldApart(tools)));
  }

  private static void toldApart(String tools) {
    ChatRequest request = asking(tools, "'x'");
    List<String> names = names(request);
    assertThat(names).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    List<JsonNode> items = names.stream().map(name -> item(request, name)).toList();
    assertThat(items.stream().map(call -> call.path("namespace") + "/" + call.path("name")))
        .doesNotHaveDuplicates();
    for (int i = 0; i < names.size(); i++) {
      String call = items.get(i).toString().replace('"', '\'');
      ChatRequest next = asking(tools, "[{'role':'user','content':'x'}," + call + "]");
      assertThat(next.conversation().messages().getLast().toolCalls())
          .extracting(ToolCall::name)
          .containsExactly(names.get(i));
    }
  }

  @Test
  void aToolWithoutANamespaceKeepsItsName() {
    ChatRequest request = asking(space("a", "b__c") + "," + PLAIN, "'x'");
    assertThat(names(request)).containsExactly("a__b__c_2", "a__b__c");
    assertThat(item(request, "a__b__c").has("namespace")).isFalse();
  }

  /** The names of these tools all have the same hash. */
  @Test
  void manyToolsAreReadInTimeWhateverTheirNames() {
    StringBuilder tools = new StringBuilder("{'type':'tool_search','execution':'client'}");
    for (int i = 0; i < 1 << 16; i++) {
      tools.append(",{'type':'function','name':'");
      for (int bit = 0; bit < 16; bit++) {
        tools.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      tools.append("'}");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThat(names(asking(tools.toString(), "'x'"))).hasSize((1 << 16) + 1));
  }

  @Test
  void toolsWithOneJoinedNameAreNumbered() {
    int count = 300;
    String part = "__x".repeat(count);
    List<String> spaces = new ArrayList<>();
    for (int at = 3; at < part.length(); at += 3) {
      spaces.add(space("n" + part.substring(0, at), part.substring(at + 2)));
    }
    assertThat(names(asking(String.join(",", spaces), "'x'")))
        .hasSize(count - 1)
        .doesNotHaveDuplicates()
        .contains("n" + part, "n" + part + "_" + (count - 1));
  }

  @Test
  void aToolThatIsDeclaredTwiceIsOneFunction() {
    assertThat(
            names(
                asking(PLAIN + "," + space("a", "b") + "," + PLAIN + "," + space("a", "b"), "'x'")))
        .containsExactly("a__b__c", "a__b");
  }

  @Test
  void aChoiceNamesTheToolOfItsNamespace() {
    ChatRequest request =
        ResponsesSurfaceTest.request(
            "{'model':'m','input':'x','tools':["
                + PLAIN
                + ","
                + space("a", "b__c")
                + "],'tool_choice':{'type':'function','namespace':'a','name':'b__c'}}");
    assertThat(
            Asked.of(new AnthropicDialect(), "https://acme.test", "claude-sonnet-4-5")
                .member("tool_choice", request))
        .contains("'a__b__c_2'");
  }
}
