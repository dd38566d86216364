package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands who begin a request and never finish its head, while others are served. */
@Tag("load")
class SlowLorisTest {
  private static final int LORISES = Load.of(1_000, 5_000);
  private static final int CALLS = 400;

  @TempDir Path folder;

  @Test
  void theyAreDisconnectedAndOtherClientsDoNotWait() {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .settings("server: {header_deadline: " + Load.of(6, 10) + "s}\n"));
        Caller caller = new Caller(gateway.url());
        Crowd lorises = Crowd.at(gateway.port());
        ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
      caller.warmUp();
      p99(caller);
      Duration alone = p99(caller);
      lorises.come(LORISES, "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n".getBytes(UTF_8));
      drip.scheduleAtFixedRate(
          () -> lorises.say("X-A: b\r\n".getBytes(UTF_8)), 500, 1000, TimeUnit.MILLISECONDS);
      Duration among = p99(caller);
      Load.figure(
          LORISES + " slow heads, p99 of others alone and among them", alone + ", " + among);
      Until.holds(
          Duration.ofSeconds(60),
          "all of them are gone",
          () -> lorises.count(Crowd.Member::isLeft) == LORISES);
      assertThat(lorises.count(one -> one.heard().startsWith("HTTP/1.1 408 "))).isEqualTo(LORISES);
      // A machine that is busy with the crowd's own side has a tail too.
      assertThat(among).isLessThan(alone.multipliedBy(2).plusMillis(5));
    }
  }

  /** The best of three, since noise only adds to it. */
  private static Duration p99(Caller caller) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long[] took = new long[CALLS];
      for (int i = 0; i < CALLS; i++) {
        Caller.Reply reply = caller.chat("openai/text");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        took[i] = reply.took().toNanos();
      }
      Arrays.sort(took);
      best = Math.min(best, took[CALLS * 99 / 100]);
    }
    return Duration.ofNanos(best);
  }
}
