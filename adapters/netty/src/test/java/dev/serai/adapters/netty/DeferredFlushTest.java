package dev.serai.adapters.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeferredFlushTest {

  private static List<EmbeddedChannel> channels(int count) {
    return IntStream.range(0, count).mapToObj(i -> new EmbeddedChannel()).toList();
  }

  private static void write(EmbeddedChannel channel) {
    channel.write("written");
    DeferredFlush.of(channel);
  }

  private static long sent(List<EmbeddedChannel> channels) {
    return channels.stream().filter(channel -> channel.readOutbound() != null).count();
  }

  @Test
  void writesOfOneTurnAreSentTogetherAtItsEnd() {
    List<EmbeddedChannel> channels = channels(3);
    channels.forEach(DeferredFlushTest::write);
    assertThat(sent(channels)).isZero();

    channels.getFirst().runPendingTasks();
    assertThat(sent(channels)).isEqualTo(3);
  }

  @Test
  void noWriteWaitsForMoreThanFifteenOthers() {
    List<EmbeddedChannel> channels = channels(16);
    channels.subList(0, 15).forEach(DeferredFlushTest::write);
    assertThat(sent(channels)).isZero();

    write(channels.getLast());
    assertThat(sent(channels)).isEqualTo(16);
    channels.getFirst().runPendingTasks();
  }

  @Test
  void theNextTurnIsSentToo() {
    List<EmbeddedChannel> channels = channels(1);
    for (int turn = 0; turn < 3; turn++) {
      write(channels.getFirst());
      channels.getFirst().runPendingTasks();
      assertThat(sent(channels)).isEqualTo(1);
    }
  }
}
