package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load: what has begun ends as it should, and then the process does. */
class DrainTest {
  private static final int STREAMS = 40;

  @TempDir Path folder;

  @Test
  void runningCallsFinishAndTheProcessEnds() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(folder, RunningGateway.in(folder).providersAt(provider.url()));
        Caller caller = new Caller(gateway.url());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        String p = List.of("openai", "anthropic", "ollama").get(i % 3);
        answers.add(callers.submit(() -> caller.stream(p + "/paced-60x50")));
      }
      Until.holds(
          Duration.ofSeconds(20),
          "all asked",
          () -> provider.received().size() == STREAMS || answers.stream().anyMatch(Future::isDone));
      gateway.terminate();
      for (Future<Caller.Answer> answer : answers) {
        assertThat(answer.get().isFinished()).as(answer.get().body()).isTrue();
        assertThat(answer.get().streamed()).endsWith("58 59 ");
      }
      // 143 is what a JVM says of SIGTERM: 128 and the signal's number.
      assertThat(gateway.awaitEnd(Duration.ofSeconds(30))).isIn(0, 143);
    }
  }
}
