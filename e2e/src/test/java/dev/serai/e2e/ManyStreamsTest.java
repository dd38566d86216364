package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five thousand slow streams that begin at once, in a heap of 256 MB. */
@Tag("load")
class ManyStreamsTest {
  private static final int STREAMS = 5_000;
  private static final int EVENTS = 8;

  @TempDir Path folder;

  @Test
  void noEventOfFiveThousandStreamsIsLost() throws Exception {
    Path patient = folder.resolve("patient.yaml");
    RunningGateway.write(
        patient,
        "upstream:\n  deadlines:\n    connect: 120s\n    first_token: 120s\n    idle: 180s\n");
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .with("SERAI_CONFIG", patient.toString()));
        Crowd crowd = Crowd.at(gateway.port())) {
      long begun = System.nanoTime();
      crowd.come(STREAMS, Crowd.chat("openai/gated-" + EVENTS + "x1000"));
      Until.holds(
          Duration.ofSeconds(120),
          "all have begun",
          () -> crowd.count(one -> hasBegun(one) || isRefused(one)) == STREAMS);
      assertThat(crowd.others(ManyStreamsTest::hasBegun)).isEmpty();
      Load.figure("5,000 streams have begun after", Duration.ofNanos(System.nanoTime() - begun));
      assertThat(provider.connections()).as("streams at a time").isGreaterThanOrEqualTo(STREAMS);
      Load.figure("5,000 slow streams", gateway.memory());
      provider.openGate();
      Until.holds(
          Duration.ofSeconds(120),
          "all have ended",
          () -> crowd.count(one -> isWhole(one) || isRefused(one)) == STREAMS);
      assertThat(crowd.others(ManyStreamsTest::isWhole)).isEmpty();
      assertThat(gateway.isAlive()).isTrue();
    }
  }

  private static boolean hasBegun(Crowd.Member one) {
    return one.heard().contains("\"0 \"");
  }

  private static boolean isRefused(Crowd.Member one) {
    return one.isLeft() || one.heard().contains("\"error\"");
  }

  /** Every number has come, in order, and then the end. */
  private static boolean isWhole(Crowd.Member one) {
    String heard = one.heard();
    int from = 0;
    for (int i = 0; i < EVENTS && from >= 0; i++) {
      from = heard.indexOf("\"content\":\"" + i + " \"", from);
    }
    return from >= 0 && heard.indexOf("data: [DONE]", from) >= 0;
  }
}
