package dev.serai.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./serai check} prints. */
class CheckCommandTest {
  private static final String BROKEN =
      "- route:\n    id: mine\n    from:\n      uri: no-such-component:x\n      steps: []\n";

  @TempDir Path folder;

  private CheckCommand.Report check(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(more);
    environment.put("LOG_FILE", folder.resolve("serai.log").toString());
    Path checkout =
        Path.of(System.getProperty("serai.checkout", "..")).toAbsolutePath().normalize();
    Home home = Home.of(Optional.of(folder.toString()), environment, checkout);
    return new CheckCommand(environment, home, checkout).run();
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void wrongSettingsAndWrongRouteFilesAreReportedTogether() throws Exception {
    write("serai.yaml", "server:\n  port: eighty\nproviders: {mine: {kind: openai-compatible}}\n");
    write("serai.d/mine.camel.yaml", BROKEN);

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults()).hasSize(3);
    assertThat(report.faults().get(0)).contains("serai.yaml:2", "server.port", "eighty");
    assertThat(report.faults().get(1)).contains("serai.yaml:3", "base_url is missing");
    assertThat(report.faults().get(2)).contains("mine.camel.yaml:", "no-such-component");
  }

  @Test
  void theFileOfAnotherProgramDoesNotHideWrongRouteFiles() throws Exception {
    write("serai.yaml", "model_list: []\n");
    write("serai.d/mine.camel.yaml", BROKEN);

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults()).hasSize(2);
    assertThat(report.faults().getFirst()).contains("LiteLLM");
    assertThat(report.faults().getLast()).contains("no-such-component");
  }

  @Test
  void theGatewayThatWouldBeOpenToOtherMachinesIsNotReportedForKeysThatAreWrong() throws Exception {
    write("serai.yaml", "server: {host: 0.0.0.0}\nauth: {api_keys: 7}\n");

    CheckCommand.Report report = check(Map.of());

    assertThat(report.code()).isEqualTo(2);
    assertThat(report.faults().getFirst()).contains("auth.api_keys");
    assertThat(report.faults())
        .containsExactly(
            report.faults().getFirst(),
            "the routes cannot be checked before these mistakes are corrected");
  }

  @Test
  void wrongRouteFilesAloneAreOne() throws Exception {
    write("serai.d/mine.camel.yaml", BROKEN);
    CheckCommand.Report report = check(Map.of());
    assertThat(report.code()).isEqualTo(1);
    assertThat(report.faults()).singleElement().asString().contains("no-such-component");
  }

  @Test
  void whatTheStartNamesTheCheckNamesToo() throws Exception {
    write("serai.yaml", "");
    CheckCommand.Report report =
        check(Map.of("OTEL_EXPORTER_PROMETHEUS_PORT", "9464", "SERAI_CONSOL", "true"));
    assertThat(report.code()).isZero();
    assertThat(report.faults()).isEmpty();
    assertThat(report.notes())
        .contains("not read   OTEL_EXPORTER_PROMETHEUS_PORT: see docs/settings.md")
        .anyMatch(note -> note.startsWith("warning    ") && note.contains("SERAI_CONSOL"));
  }
}
