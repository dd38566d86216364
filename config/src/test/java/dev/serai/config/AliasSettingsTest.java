package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.routing.AttemptRules;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts, header fields and parameters of an alias. */
class AliasSettingsTest {
  private static final Map<String, String> KEYS = Map.of("OPENAI_API_KEY", "a", "TEAM", "blue");

  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void anAliasSetsThemForItsCalls() {
    folder.yaml(
        """
        models:
          smart:
            targets: openai/gpt-4o
            max_attempts: 5
            headers: {x-team: "${TEAM}"}
            parameters: {temperature: 0.2, top_p: 0.9, max_tokens: 500, seed: 7}
          plain: openai/gpt-4o
        """);
    SettingsCatalogue catalogue =
        new SettingsCatalogue(folder.settings(KEYS), InstantSource.system());
    AttemptRules rules = catalogue.find("smart").orElseThrow().policy().attempts();
    assertThat(rules.maxAttempts()).isEqualTo(OptionalInt.of(5));
    assertThat(rules.headers()).containsExactly(Map.entry("x-team", "blue"));
    assertThat(rules.toString()).as("values may be secrets").doesNotContain("blue");
    assertThat(catalogue.parameters("smart"))
        .isEqualTo(
            new DefaultParameters(
                Optional.of(0.2), Optional.of(0.9), Optional.of(500), Optional.of(7)));
    assertThat(catalogue.find("plain").orElseThrow().policy().attempts())
        .isEqualTo(AttemptRules.DEFAULT);
    assertThat(catalogue.parameters("plain")).isSameAs(DefaultParameters.NONE);
    assertThat(catalogue.parameters("gpt-4o")).isSameAs(DefaultParameters.NONE);
  }

  @Test
  void mistakesAreReportedWhereTheyAre() {
    folder.yaml(
        """
        models:
          often: {targets: openai/x, max_attempts: 11}
          framed: {targets: openai/x, headers: {host: a}}
          keyed: {targets: openai/x, headers: {X-Api-Key: a}}
          hot: {targets: openai/x, parameters: {temperature: 2.5}}
          silent: {targets: openai/x, parameters: {max_tokens: 0}}
          other: {targets: openai/x, parameters: {logprobs: true}}
        """);
    assertThat(folder.problems(KEYS))
        .anyMatch(text -> text.contains("models.often.max_attempts") && text.contains("1 to 10"))
        .anyMatch(text -> text.contains("models.framed") && text.contains("Serai sets it itself"))
        .anyMatch(text -> text.contains("models.keyed") && text.contains("providers.NAME.headers"))
        .anyMatch(text -> text.contains("models.hot") && text.contains("number from 0 to 2"))
        .anyMatch(text -> text.contains("models.silent") && text.contains("number from 1"))
        .anyMatch(text -> text.contains("models.other") && text.contains("logprobs"));
  }
}
