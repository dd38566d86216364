package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.upstream.HealthProbeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthProbeSettingsTest {
  private static final Map<String, String> KEYS = Map.of("OPENAI_API_KEY", "k");

  @TempDir Path home;

  @Test
  void noModelIsProbedUnlessItIsNamed() {
    Folder folder = new Folder(home);
    assertThat(folder.settings(KEYS).upstream().healthProbes().models()).isEmpty();
    folder.yaml("upstream: {health_probes: {models: openai/a, every: 5m}}\n");
    assertThat(folder.settings(KEYS).upstream().healthProbes())
        .isEqualTo(new HealthProbeSettings(List.of("openai/a"), Duration.ofMinutes(5)));
  }

  @Test
  void mistakesAreReported() {
    Folder folder = new Folder(home);
    folder.yaml("upstream: {health_probes: {models: [gpt-4o], every: 10s}}\n");
    assertThat(folder.problems(KEYS))
        .singleElement()
        .asString()
        .contains("not written as provider/model: gpt-4o");
    folder.yaml("upstream: {health_probes: {models: [openai/a], every: 100ms}}\n");
    assertThat(folder.problems(KEYS)).singleElement().asString().contains("every");
  }
}
