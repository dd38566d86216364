package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams that have begun and of which most say nothing for a long time. */
@Tag("load")
class IdleStreamsTest {
  private static final int STREAMS = Load.streams(2_000, 10_000);
  private static final int SILENCE_MILLIS = Load.of(10_000, 55_000);
  private static final int MEGABYTE = 1024 * 1024;

  @TempDir Path folder;

  @Test
  void theyCostLittleAndNoneIsDroppedAndOthersAreServed() throws Exception {
    String settings = "upstream: {pool: {max_connections: 12000}}\n";
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .with("REQUEST_TIMEOUT", "60")
                    .settings(settings));
        Caller caller = new Caller(gateway.url());
        Crowd idle = Crowd.at(gateway.port())) {
      idle.come(STREAMS, Crowd.chat("openai/paced-2x" + SILENCE_MILLIS));
      Until.holds(
          Duration.ofSeconds(60),
          "all have begun",
          () -> idle.count(one -> one.heard().contains("\"content\":\"0 \"")) == STREAMS);
      GatewayProcess.Memory memory = gateway.memory();
      Load.figure(STREAMS + " idle streams", memory);
      assertThat(memory.heap()).isLessThanOrEqualTo(192L * MEGABYTE);
      assertThat(memory.resident()).isLessThanOrEqualTo(512L * MEGABYTE);
      assertThat(caller.chat("openai/text").status()).isEqualTo(200);
      Until.holds(
          Duration.ofSeconds(120),
          "all have ended",
          () -> idle.count(IdleStreamsTest::isWhole) == STREAMS || anyLeftEarly(idle));
      assertThat(idle.count(IdleStreamsTest::isWhole)).isEqualTo(STREAMS);
    }
  }

  private static boolean isWhole(Crowd.Member one) {
    String heard = one.heard();
    return heard.contains("\"content\":\"1 \"") && heard.contains("data: [DONE]");
  }

  private static boolean anyLeftEarly(Crowd idle) {
    return idle.count(one -> one.isLeft() && !isWhole(one)) > 0;
  }
}
