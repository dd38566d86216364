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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every response that a client received is charged once, even if the gateway was killed right then.
 * The full run is 20 kills after 2,000 responses each; the ordinary one is a part of it.
 */
@Tag("load")
class KilledGatewayTest {
  private static final int KILLS = Load.of(2, 20);
  private static final int RESPONSES = Load.of(500, 2000);
  private static final int CALLERS = 8;

  @TempDir Path folder;

  /** Each gateway finds what the one before it left, and is killed in turn. */
  @Test
  void whatWasAnsweredBeforeAKillIsInTheLedgerOnce() throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    int all = 0;
    try (CassetteServer provider = CassetteServer.start()) {
      RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
      for (int kill = 0; kill <= KILLS; kill++) {
        try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
            Caller caller = new Caller(gateway.url())) {
          everyCallIsThereOnce(caller, answered);
          all += answered.size();
          answered.clear();
          if (kill < KILLS) {
            callUntilKilled(gateway, answered);
          } else {
            noCallIsThereTwice(caller, all);
          }
        }
      }
    }
  }

  /** The calls that a kill interrupts are recorded by the next process. */
  @Test
  void everyCallThatAKillInterruptsHasOneRow() throws Exception {
    try (CassetteServer provider = CassetteServer.start()) {
      RunningGateway.Plan plan = RunningGateway.in(folder).providersAt(provider.url());
      try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
          Caller caller = new Caller(gateway.url());
          ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CALLERS; i++) {
          boolean streams = i % 2 == 0;
          String model = streams ? "openai/hang-mid-stream" : "openai/hang-before-head";
          callers.submit(() -> caller.call(model, streams));
        }
        Until.holds(Duration.ofSeconds(60), "all run", () -> provider.received().size() == CALLERS);
        assertThat(caller.chat("openai/text").status()).isEqualTo(200);
        gateway.kill();
      }
      try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
          Caller caller = new Caller(gateway.url())) {
        JsonNode rows = caller.get("/v1/usage").json().path("data");
        assertThat(rows.valueStream().filter(row -> row.path("terminal").asBoolean()))
            .hasSize(CALLERS + 1);
        assertThat(
                rows.valueStream()
                    .filter(row -> row.path("problem").asText().equals("interrupted")))
            .hasSize(CALLERS)
            .allMatch(row -> row.path("outcome").asText().equals("failed"))
            .allMatch(row -> row.path("asked_model").asText().startsWith("openai/hang"));
      }
    }
  }

  /** Half of the calls are streams. The kill comes while others are on their way. */
  private static void callUntilKilled(GatewayProcess gateway, Set<String> answered)
      throws InterruptedException {
    try (Caller caller = new Caller(gateway.url());
        ExecutorService callers =
            Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
      for (int i = 0; i < CALLERS; i++) {
        boolean streams = i % 2 == 0;
        callers.submit(() -> call(caller, gateway, answered, streams));
      }
      try {
        Until.holds(Duration.ofSeconds(60), "answers", () -> answered.size() >= RESPONSES);
      } finally {
        gateway.kill(); // or the executor never closes
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void call(
      Caller caller, GatewayProcess gateway, Set<String> answered, boolean streams) {
    while (gateway.isAlive()) {
      try {
        Caller.Reply reply = caller.call("openai/gpt-4o--text", streams);
        boolean whole = streams ? reply.isFinished() : reply.body().endsWith("}");
        if (reply.status() == 200 && whole) {
          answered.add(reply.header("x-request-id"));
        }
      } catch (UncheckedIOException e) {
        return; // killed in the midst of this one
      }
    }
  }

  /** The newest rows are those of the gateway before: far fewer than the limit. */
  private static void everyCallIsThereOnce(Caller caller, Set<String> answered) {
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

  /** All that was answered, and no more than the few that a kill caught on their way. */
  private static void noCallIsThereTwice(Caller caller, int answered) {
    JsonNode sums = caller.get("/v1/usage?group_by=model").json();
    long requests =
        sums.path("data").valueStream().mapToLong(sum -> sum.path("requests").asLong()).sum();
    Load.figure(
        KILLS + " kills, calls answered and calls in the ledger", answered + ", " + requests);
    assertThat(requests).isBetween((long) answered, (long) answered + (long) KILLS * CALLERS);
  }
}
