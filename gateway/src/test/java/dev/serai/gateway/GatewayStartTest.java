package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that cannot start reports why. */
class GatewayStartTest {
  @Test
  void aPortInUseIsTheReasonOfTheFailure(@TempDir Path folder) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          Map.of(
              "SERVER_PORT", Integer.toString(other.getLocalPort()),
              "LOG_FILE", folder.resolve("serai.log").toString(),
              "SERAI_MODEL_LISTS", "false");
      Settings settings = Settings.load(environment, folder);
      Path home = Path.of(System.getProperty("serai.home", ".."));

      assertThatThrownBy(() -> Gateway.start(settings, environment, home))
          .hasStackTraceContaining("Address already in use");
    }
  }

  @Test
  void aSettingThatCannotBeUsedLeavesNoLogOpen(@TempDir Path folder) {
    Map<String, String> environment =
        Map.of(
            "SERVER_PORT", "0",
            "LOG_FILE", folder.resolve("serai.log").toString(),
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317",
            "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    Settings settings = Settings.load(environment, folder);

    assertThatThrownBy(() -> Gateway.start(settings, environment, folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("log-writer"));
  }
}
