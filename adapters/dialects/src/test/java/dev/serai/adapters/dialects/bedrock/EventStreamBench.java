package dev.serai.adapters.dialects.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.MessageDecoder;

/**
 * Compares {@link EventStreamSplitter} with the decoder of AWS's own library, in nanoseconds of CPU
 * per message, and prints the ratio. Opt-in: {@code ./serai test -pl adapters/dialects
 * -Dtest=EventStreamBench -Dserai.bench=true}. The best of many short rounds counts, since a busy
 * machine only ever adds to it. See decision 13.
 */
@EnabledIfSystemProperty(named = "serai.bench", matches = "true")
class EventStreamBench {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 1_000;
  private static final int MESSAGES = 1_024;
  private static final byte[] DELTA = "contentBlockDelta".getBytes(UTF_8);

  private long sum;

  /** Messages in one piece: 1 is a network read for each token, 16 is a fast provider. */
  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void splittingOneMessage(int messagesPerPiece) {
    byte[] piece = EventStreamMaker.of(lines(messagesPerPiece));
    EventStreamSplitter splitter = new EventStreamSplitter();
    MessageDecoder decoder =
        new MessageDecoder(
            message -> {
              HeaderValue type = message.getHeaders().get(":event-type");
              sum += type.getString().equals("contentBlockDelta") ? message.getPayload().length : 0;
            });
    int pieces = MESSAGES / messagesPerPiece;
    double own = best(pieces, () -> split(splitter, piece));
    double aws = best(pieces, () -> decoder.feed(piece));
    assertThat(sum).isPositive();
    System.out.printf(
        "%2d messages of %d bytes in a piece, per message: own %.0f ns, AWS %.0f ns, ratio %.2f%n",
        messagesPerPiece, piece.length / messagesPerPiece, own, aws, aws / own);
  }

  private void split(EventStreamSplitter splitter, byte[] piece) {
    splitter.take(piece);
    while (splitter.next()) {
      sum += splitter.typeIs(DELTA) ? splitter.dataEnd() - splitter.dataStart() : 0;
    }
  }

  private static String lines(int count) {
    return ("event contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\" token\"},"
            + "\"p\":\"abcdefghijklmnopqrstuvwxyz\"}\n")
        .repeat(count)
        .strip();
  }

  private double best(int pieces, Runnable work) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = CPU.getCurrentThreadCpuTime();
      for (int i = 0; i < pieces; i++) {
        work.run();
      }
      best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / (double) MESSAGES);
    }
    return best;
  }
}
