package dev.serai.adapters.dialects.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Parts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vendors expect the results of a turn directly behind its calls. */
class ToolTurnsTest {
  /** A letter is a message: d and u are texts, c1 is a call and r1 its result. */
  @ParameterizedTest
  @CsvSource({
    "u c1 d r1, u c1 r1 d",
    "c1 u d r1 u, c1 r1 u d u",
    "c1 d c2 r1 r2, c1+c2 r1 r2 d",
    "c1 c2 r1 u r2, c1+c2 r1 r2 u",
    "c1 r1 c2 d r2, c1 r1 c2 r2 d",
    "c1 d r1 c1 u r1, c1 r1 d c1 r1 u",
  })
  void whatStandsBetweenACallAndItsResultMovesBehindTheResults(String given, String expected) {
    assertThat(shown(ToolTurns.contiguous(messages(given)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u d u", "u c1 r1 u", "c1 u", "c1 u c2 u", "r1 u c1"})
  void otherConversationsAreUnchanged(String given) {
    List<Message> messages = messages(given);
    assertThat(ToolTurns.contiguous(messages)).isSameAs(messages);
  }

  @Test
  void aResultThatIsTooFarAwayStaysInItsPlace() {
    List<Message> messages = messages("c1 " + "u ".repeat(200) + "r1");
    assertThat(ToolTurns.contiguous(messages)).isSameAs(messages);
  }

  private static List<Message> messages(String letters) {
    List<String> messages = new ArrayList<>();
    for (String letter : letters.split(" ", -1)) {
      String id = "id" + letter.substring(1);
      messages.add(
          switch (letter.charAt(0)) {
            case 'c' ->
                "{'role':'assistant','tool_calls':[{'id':'%s','type':'function','function':"
                        .formatted(id)
                    + "{'name':'f','arguments':'{}'}}]}";
            case 'r' -> "{'role':'tool','tool_call_id':'%s','content':'ok'}".formatted(id);
            case 'd' -> "{'role':'developer','content':'d'}";
            default -> "{'role':'user','content':'u'}";
          });
    }
    return Asked.saying(String.join(",", messages), "").conversation().messages();
  }

  private static String shown(List<Message> messages) {
    return String.join(" ", messages.stream().map(ToolTurnsTest::shown).toList());
  }

  private static String shown(Message message) {
    List<String> calls =
        message.toolCalls().stream().map(call -> call.id().replace("id", "c")).toList();
    return calls.isEmpty()
        ? message
            .toolResult()
            .map(result -> result.callId().replace("id", "r"))
            .orElseGet(() -> Parts.text(message.parts()).orElse(""))
        : String.join("+", calls);
  }
}
