package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.http.ProviderRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Vendors refuse a result without its call, and a call without a result. */
class ToolPairsTest {
  /** Calls of which no other dialect has the kind, and what their results are. */
  private static final List<String> KINDS =
      List.of(
          "local_shell_call function_call_output",
          "local_shell_call local_shell_call_output",
          "shell_call shell_call_output",
          "shell_call custom_tool_call_output",
          "apply_patch_call apply_patch_call_output",
          "computer_call computer_call_output");

  private static Stream<Pair> translated(Client... clients) {
    return Pair.all().filter(pair -> !pair.same() && List.of(clients).contains(pair.client()));
  }

  private static void arePaired(Pair pair, ProviderRequest written, int calls) {
    JsonNode body = Pair.body(written);
    String dialect = pair.dialect().name();
    assertThat(Wire.callIds(dialect, body))
        .hasSize(calls)
        .isEqualTo(Wire.answeredIds(dialect, body));
  }

  @TestFactory
  Stream<DynamicTest> theResultOfACallThatIsLeftOutIsLeftOutAndNamed() {
    return Pair.each(
        translated(Client.RESPONSES),
        pair -> {
          for (String kind : KINDS) {
            String call = kind.substring(0, kind.indexOf(' '));
            String output = kind.substring(kind.indexOf(' ') + 1);
            String members =
                "'input':[{'role':'user','content':'before'},{'type':'"
                    + call
                    + "','call_id':'ls1','action':{'type':'exec','command':['ls']}},{'type':'"
                    + output
                    + "','call_id':'ls1','output':'files'},{'role':'user','content':'behind'}]";
            ProviderRequest written = pair.write(pair.client().ask(members, false));
            assertThat(written.dropped())
                .containsExactlyInAnyOrder("input." + call, "input." + output);
            assertThat(Pair.text(written))
                .contains("before", "behind")
                .doesNotContain("ls1", "files");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aResultWithoutAnyCallIsLeftOutAndNamed() {
    return Pair.each(
        translated(Client.OPENAI, Client.RESPONSES, Client.ANTHROPIC),
        pair -> {
          String members =
              Opening.called(pair.client(), "")
                  .replace("'tool_call_id':'c2'", "'tool_call_id':'c9'")
                  .replace("_output','call_id':'c2'", "_output','call_id':'c9'")
                  .replace("'tool_use_id':'c2'", "'tool_use_id':'c9'");
          ProviderRequest written = pair.write(pair.client().ask(members, false));
          assertThat(written.dropped()).contains("tool_result", "tool_calls");
          assertThat(Pair.text(written)).contains("one").doesNotContain("two", "c9", "c2");
          arePaired(pair, written, 1);
        });
  }

  @TestFactory
  Stream<DynamicTest> callsThatTheUserInterruptedAreLeftOutAndNamed() {
    return Pair.each(
        translated(Client.OPENAI),
        pair -> {
          String members =
              Opening.called(pair.client(), "").replaceFirst("\\{'role':'tool'.*}]", "")
                  + "{'role':'user','content':'stop'}]";
          ProviderRequest written = pair.write(pair.client().ask(members, false));
          assertThat(written.dropped()).contains("tool_calls");
          assertThat(Pair.text(written)).contains("hi", "stop").doesNotContain("look", "time");
          arePaired(pair, written, 0);
        });
  }

  @TestFactory
  Stream<DynamicTest> callsInTheLastMessageMayBeOpen() {
    return Pair.each(
        translated(Client.OPENAI),
        pair -> {
          String members =
              Opening.called(pair.client(), "").replaceFirst(",\\{'role':'tool'.*}]", "]");
          ProviderRequest written = pair.write(pair.client().ask(members, false));
          assertThat(written.dropped()).doesNotContain("tool_calls");
          assertThat(Wire.callIds(pair.dialect().name(), Pair.body(written))).hasSize(2);
        });
  }
}
