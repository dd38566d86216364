package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that finds the files of its state damaged when it starts. */
class BrokenStateFilesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path home;

  private CassetteServer provider;
  private RunningGateway.Plan plan;
  private Path journal;

  @BeforeEach
  void begin() throws IOException {
    provider = CassetteServer.start();
    Path state = home.resolve("state");
    journal = Files.createDirectories(state.resolve("journal"));
    plan =
        RunningGateway.in(home).providersAt(provider.url()).with("SERAI_STATE", state.toString());
  }

  @AfterEach
  void end() {
    provider.close();
  }

  @Test
  void damagedFilesOfTheJournalRefuseNoCall() throws Exception {
    Files.write(journal.resolve("name"), new byte[] {-1, -2, -1, -2});
    Files.write(journal.resolve("running-calls"), new byte[5000]);
    Files.writeString(journal.resolve("999999999.journal"), "nothing of ours".repeat(300));

    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      assertThat(call(caller).status()).isEqualTo(200);
      assertThat(caller.get("/health/ready").status()).isEqualTo(200);
      assertThat(journal.resolve("999999999.journal")).exists();
    }
  }

  /** A folder in the place of a file cannot be replaced by it. */
  @Test
  void aGatewayThatCanRecordNoCallIsNotReadyAndSaysWhy() throws Exception {
    Path inPlace = Files.createDirectories(journal.resolve("name/x"));

    try (RunningGateway gateway = plan.start();
        Caller caller = new Caller(gateway.url())) {
      Caller.Reply refused = call(caller);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().at("/error/code").asText()).isEqualTo("ledger_unavailable");
      Caller.Reply health = caller.get("/health/ready");
      assertThat(health.status()).isEqualTo(503);
      assertThat(health.json().path("ledger").asText()).isEqualTo("unavailable");

      Files.delete(inPlace);
      Files.delete(journal.resolve("name"));
      Until.holds(PATIENCE, "ready", () -> caller.get("/health/ready").status() == 200);
      assertThat(call(caller).status()).isEqualTo(200);
    }
  }

  private static Caller.Reply call(Caller caller) {
    return caller.send(
        "POST", "/v1/chat/completions", "", Caller.body("openai/gpt-4o--text", false));
  }
}
