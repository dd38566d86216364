package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway whose disk is full: its journal, its database, its audit log and its log are on a file
 * system without a free byte.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ADMIN = "admin-key-0123456789";
  private static final String USER = "user-key-0123456789a";
  private static final int CALLS = 40;

  @TempDir Path home;

  private final List<String> answered = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private CassetteServer provider;
  private SmallDisk disk;
  private RunningGateway.Plan plan;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    provider = CassetteServer.start();
    disk = SmallDisk.at(home.resolve("disk"));
    plan =
        RunningGateway.in(home)
            .providersAt(provider.url())
            .with("ROUTER_ADMIN_KEYS", ADMIN)
            .with("SERAI_API_KEYS", "alice:" + USER)
            .with("LOG_FILE", disk.folder().resolve("serai.log").toString())
            .with("SERAI_STATE", disk.folder().resolve("state").toString());
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    provider.close();
    disk.close();
  }

  @Test
  void whatManagesTheGatewayIsRefusedCallsGoOnAndAllIsThereWhenSpaceReturns() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(home, plan);
        Caller caller = new Caller(gateway.url())) {
      assertThat(makesKey(caller)).isTrue();
      call(caller);
      disk.fill(gateway);
      assertThat(answered.size()).isEqualTo(CALLS);
      Until.holds(PATIENCE, "the audit log cannot grow", () -> refuses(caller));
      call(caller);
      assertThat(answered).as("the journal has room").hasSize(2 * CALLS);

      disk.free(Optional.of(gateway));
      Until.holds(PATIENCE, "keys again", () -> makesKey(caller));
      call(caller);
      everythingIsThere(caller);
    }
  }

  /** A kill on the full disk, a start on it, and another kill. */
  @Test
  void nothingThatWasAnsweredIsLostByKillsOnTheFullDisk() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(home, plan);
        Caller caller = new Caller(gateway.url())) {
      assertThat(makesKey(caller)).isTrue();
      disk.fill(gateway);
      call(caller);
      assertThat(answered).hasSize(CALLS);
      gateway.kill();
    }
    try (GatewayProcess gateway = disk.startFull(home, plan);
        Caller caller = new Caller(gateway.url())) {
      call(caller);
      Until.holds(PATIENCE, "the audit log cannot grow", () -> refuses(caller));
      call(caller);
      gateway.kill();
    }
    disk.free(Optional.empty());
    try (GatewayProcess gateway = GatewayProcess.start(home, plan);
        Caller caller = new Caller(gateway.url())) {
      call(caller);
      assertThat(makesKey(caller)).isTrue();
      everythingIsThere(caller);
    }
  }

  /**
   * Whether the audit log refuses a key. The last block of its file may have room for some more,
   * and a database that was killed gives space back when it is opened.
   */
  private boolean refuses(Caller caller) {
    Caller.Reply reply = makeKey(caller);
    if (reply.status() == 200) {
      return false;
    }
    assertThat(reply.status()).as(reply.body()).isEqualTo(503);
    String code = reply.json().at("/error/code").asText();
    assertThat(code).isIn("keys_unavailable", "audit_unavailable");
    return code.equals("audit_unavailable");
  }

  private boolean makesKey(Caller caller) {
    return makeKey(caller).status() == 200;
  }

  /** Makes a key with a name of its own, and notes the name when the key was made. */
  private Caller.Reply makeKey(Caller caller) {
    String name = "key-" + keys.size();
    Caller.Reply reply = caller.send("POST", "/v1/keys", ADMIN, "{\"name\":\"" + name + "\"}");
    if (reply.status() == 200) {
      keys.add(name);
    }
    return reply;
  }

  /** Makes calls. Each is answered, or refused as the documentation says. */
  private void call(Caller caller) {
    for (int i = 0; i < CALLS; i++) {
      Caller.Reply reply =
          caller.send(
              "POST", "/v1/chat/completions", USER, Caller.body("openai/gpt-4o--text", i % 2 == 0));
      if (reply.status() == 200) {
        answered.add(reply.header("x-request-id"));
      } else {
        assertThat(reply.status()).as(reply.body()).isEqualTo(503);
        assertThat(reply.json().at("/error/code").asText()).isEqualTo("ledger_full");
      }
    }
  }

  private void everythingIsThere(Caller caller) {
    Until.holds(PATIENCE, "every answer in the ledger", () -> ledger(caller).containsAll(answered));
    assertThat(ledger(caller)).doesNotHaveDuplicates();
    assertThat(
            caller.send("GET", "/v1/keys", ADMIN, "").json().path("data").findValuesAsText("name"))
        .containsExactlyInAnyOrderElementsOf(keys);
    JsonNode verdict = caller.send("GET", "/v1/audit/verify", ADMIN, "").json();
    assertThat(verdict.path("valid").asBoolean()).as(verdict.toString()).isTrue();
  }

  /** The calls that the ledger has, by their IDs. */
  private static List<String> ledger(Caller caller) {
    JsonNode rows = caller.send("GET", "/v1/usage?limit=10000", ADMIN, "").json().path("data");
    return rows.valueStream()
        .filter(row -> row.path("terminal").asBoolean())
        .map(row -> row.path("request_id").asText())
        .toList();
  }
}
