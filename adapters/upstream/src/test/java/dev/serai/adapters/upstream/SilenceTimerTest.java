package dev.serai.adapters.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A silent connection gets a ping at half of the idle time and is lost at its end. */
class SilenceTimerTest {
  private final AtomicLong now = new AtomicLong();
  private final List<String> events = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final SilenceTimer timer = new SilenceTimer(now::get, Duration.ofSeconds(60));
  private boolean open = true;

  @BeforeEach
  void watch() {
    channel.freezeTime();
    timer.watch(
        channel.eventLoop(), () -> open, () -> events.add("ping"), () -> events.add("lost"));
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      channel.advanceTimeBy(1, TimeUnit.SECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  @Test
  void aSilentSideGetsOnePingAndIsLost() {
    pass(29);
    assertThat(events).isEmpty();
    pass(30);
    assertThat(events).containsExactly("ping");
    pass(200);
    assertThat(events).containsExactly("ping", "lost");
  }

  @Test
  void aSideThatAnswersPingsStays() {
    for (int i = 0; i < 10; i++) {
      pass(45);
      timer.heard();
    }
    assertThat(events).hasSizeGreaterThanOrEqualTo(9).containsOnly("ping");
  }

  @Test
  void anEndedConnectionIsNotWatched() {
    open = false;
    pass(200);
    assertThat(events).isEmpty();
  }
}
