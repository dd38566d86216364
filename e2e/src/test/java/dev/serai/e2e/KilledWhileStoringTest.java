package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Memory objects that a caller knows to be stored are there after a kill, and a search finds them.
 * A full run (-Dserai.load=full) kills 20 times after 2,000 writes.
 */
@Tag("load")
class KilledWhileStoringTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int KILLS = Load.of(2, 20);
  private static final int WRITES = Load.of(200, 2000);
  private static final int WRITERS = 4;

  @TempDir Path folder;
  private final AtomicInteger number = new AtomicInteger();

  @Test
  void everyObjectWhoseWriteWasConfirmedBeforeAKillIsThereOnceAndIsFound() throws Exception {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .with("ROUTER_RPS_LIMIT", "0")
            .with("SERAI_STATE", folder.resolve("state").toString());
    Set<String> confirmed = ConcurrentHashMap.newKeySet();
    for (int kill = 0; kill <= KILLS; kill++) {
      try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
          Caller caller = new Caller(gateway.url())) {
        everythingIsThere(caller, confirmed);
        if (kill < KILLS) {
          storeUntilKilled(gateway, caller, confirmed);
        }
      }
    }
  }

  private void storeUntilKilled(GatewayProcess gateway, Caller caller, Set<String> confirmed)
      throws InterruptedException {
    int before = confirmed.size();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        writers.submit(() -> store(gateway, caller, confirmed));
      }
      try {
        Until.holds(PATIENCE, "objects", () -> confirmed.size() >= before + WRITES);
      } finally {
        gateway.kill(); // or the executor never closes
      }
    }
  }

  private void store(GatewayProcess gateway, Caller caller, Set<String> confirmed) {
    while (gateway.isAlive()) {
      String key = "key-" + number.incrementAndGet();
      try {
        String body = "{\"object\":{\"text\":\"word" + key.substring(4) + "\"}}";
        if (caller.send("PUT", "/v1/memory/kept/" + key, "", body).status() == 200) {
          confirmed.add(key);
        }
      } catch (UncheckedIOException e) {
        return; // killed in the midst of this one
      }
    }
  }

  private static void everythingIsThere(Caller caller, Set<String> confirmed) {
    Set<String> stored = new TreeSet<>();
    String cursor = "";
    do {
      JsonNode page = caller.get("/v1/memory/kept?limit=1000" + cursor).json();
      for (JsonNode object : page.path("objects")) {
        assertThat(stored.add(object.path("key").asText())).as("once").isTrue();
      }
      cursor = page.path("cursor").isNull() ? "" : "&cursor=" + page.path("cursor").asText();
    } while (!cursor.isEmpty());
    assertThat(stored).containsAll(confirmed);
    for (String key : confirmed.stream().limit(20).toList()) {
      String query = "{\"q\":\"word" + key.substring(4) + "\"}";
      JsonNode found = caller.send("POST", "/v1/memory/search", "", query).json();
      assertThat(found.at("/results/0/key").asText()).as(found.toString()).isEqualTo(key);
    }
  }
}
