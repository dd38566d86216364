package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A star is refused where a setting names one model, and kept where it is a pattern. */
class PatternNamesTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @Test
  void anAliasOfAllNamesIsRefused() {
    folder.yaml("models: {\"*\": persona/guide, \"gpt-*\": persona/guide}\n");
    assertThat(folder.problems(Map.of()))
        .hasSize(2)
        .allMatch(line -> line.contains("an alias is one exact name; * matches nothing else"));
  }

  @Test
  void aTargetAndAFallbackAreExactModels() {
    folder.yaml(
        """
        models:
          fast: persona/*
          slow: {targets: persona/guide, fallbacks: ["persona/*"]}
        routing:
          failover: {context_window_fallbacks: "persona/*"}
        """);
    assertThat(folder.problems(Map.of()))
        .hasSize(3)
        .allMatch(line -> line.endsWith("model must be one exact model; * matches nothing here"));
  }

  @Test
  void everySettingThatNamesOneModelRefusesAStar() {
    folder.yaml(
        """
        general: {default_model: "*"}
        routing: {ask: {model: "persona/*"}, feedback: {judge: {model: "persona/*"}}}
        upstream: {health_probes: {models: ["persona/*"]}}
        limits: {models: {"gpt-*": {requests_per_minute: 1}}}
        providers:
          persona: {models: ["*"]}
        budgets:
          one: {scope: model, value: "gpt-*", limit: 1}
          two: {scope: all, limit: 1, fallback_model: "*"}
        models:
          both:
            targets: [persona/guide, persona/other]
            fan_out: {aggregate: best_by_judge, judge: "persona/*"}
        """);
    assertThat(folder.problems(Map.of()).stream().map(line -> line.split(": ", 3)[1]))
        .containsExactly(
            "general.default_model",
            "routing.ask.model",
            "routing.feedback.judge.model",
            "upstream.health_probes.models[0]",
            "limits.models.gpt-*",
            "providers.persona.models[0]",
            "budgets.one.value",
            "budgets.two.fallback_model",
            "models.both.fan_out.judge");
  }

  @Test
  void allowedModelsAndTheModelsFileKeepTheirPatterns() {
    folder.yaml(
        """
        auth:
          keys:
            - {name: app, key: "${KEY}", models: ["persona/*", "*"]}
        """);
    folder.with("config/models.yaml", "models: {persona/*: {price: {input: 0, output: 0}}}\n");
    assertThat(folder.settings(Map.of("KEY", "k1-0123456789abcdef")).warnings()).isEmpty();
  }
}
