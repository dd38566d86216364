package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever has gone wrong, nothing is kept of it. */
class InvariantsTest {
  private static final String SHORT_LIVED = "    idle_time: 1s\n";
  private static final List<String> TROUBLES =
      List.of("text", "fin-mid-stream", "rst-mid-stream", "error-500", "garbage-mid-stream");

  @TempDir Path folder;

  @Test
  void connectionsAndThreadsAreGivenBackWithinTenSeconds() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        RunningGateway gateway =
            RunningGateway.in(folder)
                .providersAt(provider.url())
                .settings(ClientSettings.PATIENT + "  pool:\n" + SHORT_LIVED)
                .start()) {
      storm(gateway, 20);
      Until.holds(Duration.ofSeconds(15), "quiet", () -> provider.connections() == 0);
      long files = openFiles();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      storm(gateway, 300);
      Until.holds(
          Duration.ofSeconds(10),
          "providers' connections, open files and threads are back",
          () ->
              provider.connections() == 0
                  && openFiles() <= files + 3
                  && ManagementFactory.getThreadMXBean().getThreadCount() <= threads + 2);
      try (Caller caller = new Caller(gateway.url())) {
        String metrics = caller.get("/metrics").body();
        assertThat(metrics).contains("serai_in_flight 1").contains("serai_streams 0");
      }
    }
  }

  /** So many calls, a third of which the caller leaves in the midst. */
  private static void storm(RunningGateway gateway, int calls) {
    try (Caller caller = new Caller(gateway.url());
        ExecutorService callers = Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
      for (int i = 0; i < calls; i++) {
        int number = i;
        callers.submit(() -> call(caller, number));
      }
    }
  }

  private static void call(Caller caller, int number) {
    String p = List.of("openai", "anthropic", "ollama").get(number / 3 % 3);
    if (number % 3 == 0) {
      try (InputStream stream = caller.open(p + "/long-stream")) {
        assertThat(stream.readNBytes(200)).hasSize(200);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    } else {
      caller.call(p + "/" + TROUBLES.get(number % TROUBLES.size()), number % 2 == 0);
    }
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
