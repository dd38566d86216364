package dev.serai.config.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariableCheckTest {
  @TempDir Path folder;

  private List<String> warnings(Map<String, String> environment) {
    return Settings.load(environment, folder).warnings();
  }

  @Test
  void aValueInQuotesIsNamedAndNotShown() {
    String quoted = "is in quotes, which count as a part of its value; remove them";
    assertThat(
            warnings(
                Map.of(
                    "OPENAI_API_KEY", "\"sk-canary\"",
                    "ANTHROPIC_API_KEY", " 'sk-canary' ",
                    "DEFAULT_MODEL", "\"persona/guide\"",
                    "OTHER", "\"x\"")))
        .filteredOn(warning -> warning.contains("quotes"))
        .containsExactly(
            "environment variable ANTHROPIC_API_KEY: " + quoted,
            "environment variable DEFAULT_MODEL: " + quoted,
            "environment variable OPENAI_API_KEY: " + quoted);
  }

  @Test
  void aMistakeInAValueInQuotesSaysSo() {
    assertThatThrownBy(
            () ->
                warnings(
                    Map.of(
                        "SERVER_PORT", "\"9000\"",
                        "OPENAI_BASE_URL", "'http://h/v1'",
                        "SERAI_API_KEYS", "\"0123456789abcdef\"",
                        "LOG_LEVEL", "loud")))
        .isInstanceOfSatisfying(
            SettingsException.class,
            wrong ->
                assertThat(wrong.problems())
                    .filteredOn(problem -> problem.contains("quotes, which count as a part of it"))
                    .hasSize(3)
                    .noneMatch(problem -> problem.contains("0123456789abcdef")));
  }

  @Test
  void aMisspeltVariableOfOpenTelemetryIsNamedAndItsOtherOnesAreNot() {
    assertThat(
            warnings(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPONT", "http://h",
                    "OTEL_SERVCE_NAME", "x",
                    "OTEL_METRICS_EXPORTER", "none",
                    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://h",
                    "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT", "1",
                    "OTEL_BLRP_SCHEDULE_DELAY", "1",
                    "OTEL_SPAN_EVENT_COUNT_LIMIT", "1",
                    "OTEL_LOGS_EXPORTER", "none")))
        .containsExactly(
            "environment variable OTEL_EXPORTER_OTLP_ENDPONT: is not read; did you mean"
                + " OTEL_EXPORTER_OTLP_ENDPOINT?",
            "environment variable OTEL_SERVCE_NAME: is not read; did you mean OTEL_SERVICE_NAME?");
  }

  @Test
  void aQuoteAloneOrWithinAValueIsFine() {
    assertThat(
            warnings(
                Map.of("OPENAI_API_KEY", "\"", "GROQ_API_KEY", "a\"b\"", "XAI_API_KEY", "'x\"")))
        .isEmpty();
  }
}
