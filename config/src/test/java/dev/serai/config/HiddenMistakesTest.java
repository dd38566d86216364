package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in the file where a variable replaces the value. */
class HiddenMistakesTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void aWrongValueThatAVariableReplacesIsAWarningWithItsLine() {
    folder.yaml("server:\n  port: 80a\n  host: 0.0.0.0\nlog:\n  level: verbose\n");
    Map<String, String> variables =
        Map.of("SERVER_PORT", "9000", "SERVER_HOST", "127.0.0.1", "LOG_LEVEL", "info");

    assertThat(folder.settings(variables).server().port()).isEqualTo(9000);
    assertThat(folder.settings(variables).warnings())
        .contains(
            "config/serai.yaml:2: server.port: \"80a\" was read; must be a whole number from 0 to"
                + " 65535; it has no effect, because SERVER_PORT replaces it")
        .anyMatch(warning -> warning.startsWith("config/serai.yaml:5: log.level: \"verbose\""))
        .noneMatch(warning -> warning.contains("server.host"));
  }

  @Test
  void whatTheRecordOfTheSettingRefusesIsNamedToo() {
    folder.yaml("upstream:\n  deadlines:\n    first_token: 0s\n");

    assertThat(folder.settings(Map.of("REQUEST_TIMEOUT", "30")).warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("config/serai.yaml:3: upstream.deadlines.first_token: \"0s\"")
                    .endsWith("because REQUEST_TIMEOUT replaces it"));
  }

  @Test
  void aMistakeThatNoVariableReplacesStaysAMistakeAndIsNamedOnce() {
    folder.yaml("server:\n  port: 80a\n  http2: perhaps\n");

    assertThat(folder.problems(Map.of("SERVER_PORT", "9000")))
        .containsExactly(
            "config/serai.yaml:3: server.http2: \"perhaps\" was read; must be true or false");
  }

  @Test
  void aRightValueThatAVariableReplacesIsNotNamed() {
    folder.yaml("server:\n  port: 8001\nstate:\n  database_url: ${NOT_SET}\n");
    Map<String, String> variables =
        Map.of("SERVER_PORT", "9000", "SERAI_DATABASE_URL", "sqlite:x.db");

    assertThat(folder.settings(variables).warnings()).isEmpty();
  }
}
