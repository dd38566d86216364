package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop under load: running calls end as they should, or with an error that says why. */
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

  @Test
  void callsThatDoNotFinishAreToldWhyAndTheLedgerSaysSo() throws Exception {
    String model = "openai/hang-mid-stream";
    String said = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    String stream = "{\"model\":\"" + model + "\",\"stream\":true,\"max_tokens\":9,";
    Map<String, String> requests =
        Map.of(
            "/v1/chat/completions", stream + said,
            "/v1/messages", stream + said,
            "/v1/responses", "{\"model\":\"" + model + "\",\"stream\":true,\"input\":\"Hello\"}",
            "/api/chat", "{\"model\":\"" + model + "\"," + said,
            "/v1/chat/completions?whole", Caller.body("openai/hang-before-head", false));
    try (CassetteServer provider = CassetteServer.start();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller.Answer>> answers = new ArrayList<>();
      RunningGateway gateway = draining(provider);
      try (gateway;
          Caller caller = new Caller(gateway.url())) {
        requests.forEach(
            (path, body) -> answers.add(callers.submit(() -> caller.post(path, body))));
        Until.holds(
            Duration.ofSeconds(20),
            "all asked",
            () -> provider.received().size() == requests.size());
        gateway.close();
        for (Future<Caller.Answer> answer : answers) {
          assertThat(answer.get().body()).contains("The gateway is shutting down.");
        }
      }
      try (RunningGateway next = draining(provider);
          Caller caller = new Caller(next.url())) {
        for (Future<Caller.Answer> answer : answers) {
          String usage = caller.get("/v1/usage/" + answer.get().header("x-request-id")).body();
          assertThat(usage).contains("\"failed\"", "shutting_down").doesNotContain("cancelled");
        }
      }
    }
  }

  private RunningGateway draining(CassetteServer provider) {
    return RunningGateway.in(folder)
        .providersAt(provider.url())
        .settings("server: {drain_time: 1s}\n")
        .start();
  }
}
