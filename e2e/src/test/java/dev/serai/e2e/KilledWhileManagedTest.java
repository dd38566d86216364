package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that an administrator has received are stored after a kill, and are in the audit log. */
@Tag("load")
class KilledWhileManagedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ADMIN = "admin-key-0123456789";
  private static final int KILLS = Load.of(1, 20);
  private static final int KEYS = Load.of(60, 200);
  private static final int MANAGERS = 4;

  @TempDir Path folder;

  @Test
  void everyKeyThatWasMadeBeforeAKillIsThereOnceAndTheAuditLogIsWhole() throws Exception {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .with("SERAI_STATE", folder.resolve("state").toString());
    Set<String> made = ConcurrentHashMap.newKeySet();
    for (int kill = 0; kill <= KILLS; kill++) {
      try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
          Caller caller = new Caller(gateway.url())) {
        everythingIsThere(caller, made);
        if (kill < KILLS) {
          manageUntilKilled(gateway, caller, made);
        }
      }
    }
  }

  private static void manageUntilKilled(GatewayProcess gateway, Caller caller, Set<String> made)
      throws InterruptedException {
    int before = made.size();
    try (ExecutorService managers = Executors.newFixedThreadPool(MANAGERS)) {
      for (int i = 0; i < MANAGERS; i++) {
        managers.submit(() -> manage(gateway, caller, made));
      }
      try {
        Until.holds(PATIENCE, "keys", () -> made.size() >= before + KEYS);
      } finally {
        gateway.kill(); // or the executor never closes
      }
    }
  }

  private static void manage(GatewayProcess gateway, Caller caller, Set<String> made) {
    while (gateway.isAlive()) {
      String name = "key-" + Thread.currentThread().threadId() + "-" + System.nanoTime();
      try {
        String body = "{\"name\":\"" + name + "\"}";
        if (caller.send("POST", "/v1/keys", ADMIN, body).status() == 200) {
          made.add(name);
        }
      } catch (UncheckedIOException e) {
        return; // killed in the midst of this one
      }
    }
  }

  private static void everythingIsThere(Caller caller, Set<String> made) {
    Set<String> stored = ConcurrentHashMap.newKeySet();
    String after = "";
    JsonNode page;
    do {
      page = caller.send("GET", "/v1/keys?limit=100" + after, ADMIN, "").json();
      for (JsonNode key : page.path("data")) {
        assertThat(stored.add(key.path("name").asText())).as("once").isTrue();
        after = "&after=" + key.path("id").asText();
      }
    } while (page.path("data").size() == 100);
    assertThat(stored).containsAll(made);
    JsonNode verdict = caller.send("GET", "/v1/audit/verify", ADMIN, "").json();
    assertThat(verdict.path("valid").asBoolean()).as(verdict.toString()).isTrue();
    assertThat(verdict.path("entries").asInt()).isGreaterThanOrEqualTo(stored.size());
  }
}
