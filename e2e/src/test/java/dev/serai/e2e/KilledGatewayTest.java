package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Said;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has had an answer is charged for it once, even if the gateway was killed right then. */
class KilledGatewayTest {
  private static final int ROUNDS = 4;
  private static final int ANSWERS = 400;

  @TempDir Path folder;

  @Test
  void whatWasAnsweredBeforeAKillIsInTheLedgerOnce() throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (CassetteServer provider = CassetteServer.start()) {
      for (int round = 1; round <= ROUNDS; round++) {
        RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
        try (GatewayProcess gateway = GatewayProcess.start(folder, plan)) {
          callUntilKilled(gateway, answered, round * ANSWERS);
        }
      }
      RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
      try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
          Caller caller = new Caller(gateway.url())) {
        everyAnswerIsThereOnce(caller, answered);
      }
    }
  }

  /** Half of the calls are streams. The kill comes while others are on their way. */
  private static void callUntilKilled(GatewayProcess gateway, Set<String> answered, int enough)
      throws InterruptedException {
    try (Caller caller = new Caller(gateway.url());
        ExecutorService callers = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      for (int i = 0; i < 8; i++) {
        boolean streams = i % 2 == 0;
        callers.submit(() -> call(caller, gateway, answered, streams));
      }
      Until.holds(Duration.ofSeconds(60), "answers", () -> answered.size() >= enough);
      gateway.kill();
      callers.shutdown();
      assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void call(
      Caller caller, GatewayProcess gateway, Set<String> answered, boolean streams) {
    while (gateway.isAlive()) {
      try {
        Caller.Answer answer = caller.call("openai/gpt-4o--text", streams);
        boolean whole = streams ? answer.isFinished() : answer.body().endsWith("}");
        if (answer.status() == 200 && whole) {
          answered.add(answer.header("x-request-id"));
        }
      } catch (UncheckedIOException e) {
        return; // killed in the midst of this one
      }
    }
  }

  private static void everyAnswerIsThereOnce(Caller caller, Set<String> answered) {
    JsonNode rows = caller.get("/v1/usage?limit=10000").json().path("data");
    List<String> settled =
        rows.valueStream()
            .filter(row -> row.path("terminal").asBoolean())
            .map(row -> row.path("request_id").asText())
            .toList();
    assertThat(settled).doesNotHaveDuplicates().containsAll(answered);
    rows.valueStream()
        .filter(row -> answered.contains(row.path("request_id").asText()))
        .forEach(
            row -> {
              assertThat(row.path("input_tokens").asInt()).isEqualTo(Said.PROMPT);
              assertThat(row.path("output_tokens").asInt()).isEqualTo(Said.COMPLETION);
            });
  }
}
