package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.Firehose;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who ask for long streams and read nothing. */
@Tag("load")
class SlowReadersTest {
  private static final int READERS = Load.of(100, 500);
  private static final int STALL_SECONDS = Load.of(6, 60);
  private static final long STREAM_BYTES = 10L * 1024 * 1024;
  private static final long MOST_BUFFERED = 128 * 1024;

  @TempDir Path folder;

  @Test
  void theirProvidersArePausedAndLittleIsKeptForThemUntilTheyAreDisconnected() throws Exception {
    try (Firehose provider = Firehose.of(STREAM_BYTES);
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .settings("server: {stall_time: " + STALL_SECONDS + "s}\n"));
        Caller caller = new Caller(gateway.url());
        Crowd readers = Crowd.at(gateway.port())) {
      assertThat(caller.stream("openai/text").isFinished()).isTrue();
      // The first count loads its tables.
      Until.holds(
          Duration.ofSeconds(60),
          "its tokens are counted",
          () -> caller.get("/metrics").body().contains("estimated_output"));
      GatewayProcess.Memory before = gateway.memory();
      readers.comeDeaf(READERS, Crowd.chat("openai/text"));
      Until.holds(
          Duration.ofSeconds(60), "all have begun", () -> provider.streams() == READERS + 1);
      long begun = System.nanoTime();
      Until.holds(
          Duration.ofSeconds(60),
          "all are paused",
          () -> provider.isPausedFor(Duration.ofSeconds(2)));
      GatewayProcess.Memory during = gateway.memory();
      long heap = (during.heap() - before.heap()) / READERS;
      long buffers = (during.buffers() - before.buffers()) / READERS;
      Load.figure(READERS + " deaf readers, bytes of heap for each", heap);
      Load.figure(READERS + " deaf readers, bytes of buffers for each", buffers);
      Load.figure("bytes a paused provider could send, at most", provider.most());
      Load.figure("and on average", provider.sum() / READERS);
      assertThat(heap + buffers).isLessThanOrEqualTo(MOST_BUFFERED);
      assertThat(provider.most()).isLessThan(STREAM_BYTES / 2);
      Until.holds(
          Duration.ofSeconds(2L * STALL_SECONDS + 30),
          "all are cancelled",
          () -> provider.cancelled() == READERS);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      Load.figure("all cancelled after", took);
      assertThat(took).isGreaterThan(Duration.ofSeconds(STALL_SECONDS - 2L));
      assertThat(caller.stream("openai/text").isFinished()).isTrue();
    }
  }
}
