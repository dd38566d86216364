package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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

  private static List<String> check(Path folder, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    Path home = Path.of(System.getProperty("serai.home", ".."));
    return Gateway.check(Gateway.settings(environment, folder), environment, home);
  }

  @Test
  void aCheckFindsWhatIsWrongWithRoutesAndLeavesStateAndPortAlone(@TempDir Path folder)
      throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> port = Map.of("SERVER_PORT", Integer.toString(other.getLocalPort()));
      assertThat(check(folder, port)).isEmpty();

      Files.createDirectories(folder.resolve("serai.d"));
      Files.writeString(
          folder.resolve("serai.d/mine.camel.yaml"),
          "- route:\n    id: mine\n    from:\n      uri: no-such-component:x\n      steps: []\n");
      assertThat(check(folder, port))
          .singleElement()
          .asString()
          .contains("mine.camel.yaml:")
          .contains("no-such-component");
      assertThat(folder.resolve(".serai")).doesNotExist();
    }
  }
}
