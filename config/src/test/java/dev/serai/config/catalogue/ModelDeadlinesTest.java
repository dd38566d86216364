package dev.serai.config.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.core.model.ModelCatalogue.ModelRoute;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deadlines of single models, in serai.yaml and in models.yaml. */
class ModelDeadlinesTest {
  @TempDir Path folder;

  private Settings settings(String yaml, String models) throws IOException {
    Files.createDirectories(folder.resolve("config"));
    Files.writeString(folder.resolve("config/serai.yaml"), yaml);
    Files.writeString(folder.resolve("config/models.yaml"), models);
    return Settings.load(Map.of(), folder);
  }

  private static DeadlineOverrides limits(int firstToken, int total) {
    return new DeadlineOverrides(seconds(firstToken), Optional.empty(), seconds(total));
  }

  private static Optional<Duration> seconds(int count) {
    return count == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(count));
  }

  @Test
  void theSettingsOfAProvidersModelComeBeforeModelsYaml() throws IOException {
    Settings settings =
        settings(
            """
            providers:
              openai:
                models:
                  - name: slow
                    deadlines: {first_token: 5m}
            """,
            """
            models:
              openai/*:
                deadlines: {first_token: 2m, total: 20m}
            """);
    SettingsCatalogue catalogue = new SettingsCatalogue(settings, InstantSource.system());

    assertThat(catalogue.deadlines(new Candidate("openai", "slow"))).isEqualTo(limits(300, 1200));
    assertThat(catalogue.deadlines(new Candidate("openai", "other"))).isEqualTo(limits(120, 1200));
    assertThat(catalogue.deadlines(new Candidate("groq", "slow")))
        .isEqualTo(DeadlineOverrides.NONE);
  }

  @Test
  void anAliasHasDeadlinesOfItsOwn() throws IOException {
    Settings settings =
        settings(
            """
            models:
              patient:
                targets: openai/o3
                deadlines: {total: 1h, idle: 3m}
            """,
            "models: {}");
    ModelRoute route =
        new SettingsCatalogue(settings, InstantSource.system()).find("patient").orElseThrow();
    assertThat(route.policy().attempts().deadlines())
        .isEqualTo(
            new DeadlineOverrides(
                Optional.empty(),
                Optional.of(Duration.ofMinutes(3)),
                Optional.of(Duration.ofHours(1))));
  }

  @Test
  void aDeadlineOfZeroIsAMistake() {
    assertThatThrownBy(
            () ->
                settings("models: {a: {targets: openai/o3, deadlines: {total: 0s}}}", "models: {}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("total must be above 0s");
  }
}
