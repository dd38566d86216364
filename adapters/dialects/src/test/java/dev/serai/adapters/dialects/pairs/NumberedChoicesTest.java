package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.chat.ChatEvent.Finished;
import dev.serai.core.chat.ChatEvent.Relayed;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A provider numbers the choices of its response; a client receives those that there are. */
class NumberedChoicesTest {
  private static final String WHOLE =
      "{'choices':[{'index':2147483647,'message':{'content':'hi'}}]}";
  private static final String DONE = "data: [DONE]\n\n";

  private static String chunk(String index, String finish) {
    return "data: {\"id\":\"c\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":"
        + index
        + ",\"delta\":{\"content\":\"hi\"},\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  private static String candidates(String index) {
    return "data: {\"candidates\":[{\"index\":"
        + index
        + ",\"content\":{\"parts\":[{\"text\":\"hi\"}]},\"finishReason\":\"STOP\"}]}\n\n";
  }

  private static Stream<DynamicTest> ofDialect(String name, Pair.Claim claim) {
    return Pair.each(Pair.all().filter(pair -> pair.dialect().name().equals(name)), claim);
  }

  private static List<ChatEvent> heard(Pair pair, String wire) {
    return pair.heard(Recordings.asking(pair), List.of(wire.getBytes(StandardCharsets.UTF_8)));
  }

  @TestFactory
  Stream<DynamicTest> noChoiceIsInventedBelowTheIndexOfAnother() {
    return ofDialect(
        "openai",
        pair -> {
          for (String finish : List.of("\"stop\"", "null")) {
            List<ChatEvent> events = heard(pair, chunk("100", finish) + DONE);
            assertThat(finished(events)).containsExactly(100);
            assertThat(relayed(events))
                .doesNotContain("\"index\":0")
                .doesNotContain("\"index\":99");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anIndexThatNoResponseHasIsMalformed() {
    return Stream.concat(
        ofDialect(
            "openai",
            pair -> {
              for (String index : List.of("128", "2147483647", "-1", "1e30", "0.5")) {
                assertThat(heard(pair, chunk(index, "\"stop\"") + DONE).getLast())
                    .satisfies(NumberedChoicesTest::isMalformed);
              }
            }),
        ofDialect(
            "gemini",
            pair -> {
              for (String index : List.of("16", "2147483647", "-1")) {
                assertThat(heard(pair, candidates(index)).getLast())
                    .satisfies(NumberedChoicesTest::isMalformed);
              }
            }));
  }

  @TestFactory
  Stream<DynamicTest> aWholeResponseWithSuchAnIndexIsMalformedToo() {
    return ofDialect(
        "openai",
        pair ->
            assertThatThrownBy(
                    () -> pair.answered(Recordings.asking(pair), Pair.bytes(WHOLE), pair.target()))
                .isInstanceOfSatisfying(
                    ProviderProblem.class,
                    problem ->
                        assertThat(problem.failureCause()).isEqualTo(FailureCause.MALFORMED)));
  }

  private static void isMalformed(ChatEvent last) {
    assertThat(last).isInstanceOf(Failed.class);
    ProviderProblem problem = (ProviderProblem) ((Failed) last).problem();
    assertThat(problem.failureCause()).isEqualTo(FailureCause.MALFORMED);
  }

  private static List<Integer> finished(List<ChatEvent> events) {
    return events.stream()
        .filter(Finished.class::isInstance)
        .map(event -> ((Finished) event).choice())
        .toList();
  }

  private static String relayed(List<ChatEvent> events) {
    StringBuilder bytes = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof Relayed relayed) {
        bytes.append(new String(relayed.bytes(), StandardCharsets.UTF_8));
      }
    }
    return bytes.toString();
  }
}
