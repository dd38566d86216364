package dev.serai.adapters.dialects.pairs;

import static dev.serai.adapters.dialects.pairs.Recordings.asking;
import static dev.serai.adapters.dialects.pairs.Recordings.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Failed;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An event of a stream is an object; one with nothing in it only keeps the connection open. */
class EmptyEventsTest {
  private static final List<String> EMPTY = List.of("null", "{}", "{ }", " null ", " {\t} ");
  private static final List<String> OTHER =
      List.of(
          "1",
          "true",
          "\"x\"",
          "\"\"",
          "[]",
          "[1]",
          "[null]",
          "nul",
          "nulls",
          "null null",
          "{}{}",
          "{",
          "[");

  @TestFactory
  Stream<DynamicTest> aClientReceivesTheSameStreamWithEmptyEventsBetweenThoseOfTheProvider() {
    return Recordings.each(
        "parallel-tools",
        pair -> {
          byte[] plain = wire(pair.dialect(), "parallel-tools");
          String told = CutStreamsTest.counted(pair.told(asking(pair), List.of(plain)));
          for (String empty : EMPTY) {
            byte[] filled = filled(pair.dialect(), plain, empty);
            assertThat(CutStreamsTest.counted(pair.told(asking(pair), List.of(filled))))
                .as(empty)
                .isEqualTo(told);
          }
        });
  }

  /** The stream with an empty event at its beginning and, where bytes are lines, behind each. */
  private static byte[] filled(Dialect dialect, byte[] plain, String empty) {
    byte[] event = event(dialect, empty);
    if (dialect.name().equals("bedrock")) {
      return joined(event, plain);
    }
    String between = new String(event, StandardCharsets.UTF_8);
    String text = new String(plain, StandardCharsets.UTF_8);
    String line = text.contains("\r\n") ? "\r\n" : "\n";
    String end = dialect.name().equals("ollama") ? line : line + line;
    return (between + text.replace(end, end + between)).getBytes(StandardCharsets.UTF_8);
  }

  @TestFactory
  Stream<DynamicTest> aStreamWithAnEventThatIsNotAnObjectFails() {
    return Recordings.each(
        "parallel-tools",
        pair -> {
          byte[] plain = wire(pair.dialect(), "parallel-tools");
          for (String other : OTHER) {
            byte[] stream = joined(event(pair.dialect(), other), plain);
            List<ChatEvent> heard = pair.heard(asking(pair), List.of(stream));
            assertThat(heard).as(other).hasSize(1);
            assertThat(heard.getFirst())
                .isInstanceOfSatisfying(Failed.class, EmptyEventsTest::assertMalformed);
          }
        });
  }

  private static void assertMalformed(Failed failed) {
    assertThat(failed.problem().status()).isEqualTo(502);
    assertThat(((ProviderProblem) failed.problem()).failureCause())
        .isEqualTo(FailureCause.MALFORMED);
  }

  private static byte[] event(Dialect dialect, String data) {
    return switch (dialect.name()) {
      case "bedrock" -> EventStreamMaker.of("event contentBlockDelta " + data);
      case "ollama" -> (data + "\n").getBytes(StandardCharsets.UTF_8);
      default -> ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
