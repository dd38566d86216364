package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.state.CompressionSettings;
import dev.serai.core.summary.CompressionMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionSettingsTest {
  private static final Map<String, String> KEYS = Map.of("OPENAI_API_KEY", "k");

  @TempDir Path home;

  private void compression(Folder folder, String members) {
    folder.yaml("state: {sessions: {compression: {%s}}}\n".formatted(members));
  }

  @Test
  void sessionsAreNotCompressedUnlessAModeIsSet() {
    Folder folder = new Folder(home);
    Map<String, String> environment =
        Map.of("OPENAI_API_KEY", "k", "CONTEXT_COMPRESSION_THRESHOLD", "0.5");
    assertThat(folder.settings(environment).state().sessions().compression())
        .isEqualTo(new CompressionSettings(CompressionMode.OFF, 0.5, Optional.empty()));
    compression(folder, "mode: off");
    assertThat(folder.settings(KEYS).state().sessions().compression())
        .isEqualTo(CompressionSettings.defaults());
    compression(folder, "mode: hybrid, model: openai/small");
    assertThat(folder.settings(KEYS).state().sessions().compression())
        .isEqualTo(
            new CompressionSettings(CompressionMode.HYBRID, 0.8, Optional.of("openai/small")));
  }

  @Test
  void mistakesAreReported() {
    Folder folder = new Folder(home);
    Map.of(
            "mode: summarise", "mode summarise needs model",
            "mode: hybrid", "mode hybrid needs model",
            "mode: key_information, threshold: 0.05", "threshold must be 0.1 to 1",
            "mode: summarize, model: openai/small", "did you mean summarise",
            "mode: summarise, model: 'openai/*'", "must be the name of one model")
        .forEach(
            (members, problem) -> {
              compression(folder, members);
              assertThat(folder.problems(KEYS))
                  .as(members)
                  .singleElement()
                  .asString()
                  .contains(problem);
            });
  }
}
