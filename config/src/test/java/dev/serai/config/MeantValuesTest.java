package dev.serai.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, amounts and durations in a form that is not read. */
class MeantValuesTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void open() {
    folder = new Folder(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limits: {keys: {tokens_per_minute: 10k}} | must be a whole number from 0 to 1000000000 (did you mean 10000?)",
        "limits: {keys: {tokens_per_minute: 1_000}} | (did you mean 1000?)",
        "limits: {keys: {tokens_per_minute: \"1,000,000\"}} | (did you mean 1000000?)",
        "limits: {keys: {requests_per_second: 10/s}} | (did you mean 10?)",
        "limits: {keys: {requests_per_day: 1e6}} | (did you mean 1000000?)",
        "budgets: {b: {scope: tenant, limit: $5, period: month}} | must be USD, 0 to 9000000000 with at most 9 decimals (did you mean 5?)",
        "budgets: {b: {scope: tenant, limit: 5.50 USD, period: month}} | (did you mean 5.5?)",
        "budgets: {b: {scope: tenant, limit: 5, period: 30d}} | must be one of day, week, month, total (did you mean month?)",
        "models: {m: {targets: [{model: openai/x, weight: 50%}]}} | (did you mean 50?)",
        "upstream: {deadlines: {idle: 30 s}} | must be a duration such as 500ms, 30s, 10m, 1h or 2d (a bare number is seconds) (did you mean 30s?)",
        "upstream: {deadlines: {idle: 30sec}} | (did you mean 30s?)",
        "upstream: {deadlines: {connect: 1.5s}} | (did you mean 1500ms?)",
        "upstream: {deadlines: {idle: 2 minutes}} | (did you mean 2m?)",
        "upstream: {deadlines: {idle: 1h30m}} | (did you mean 90m?)",
        "cache: {mode: read_write, ttl: 1 week} | (did you mean 7d?)"
      })
  void aValueInAnotherFormIsNamedAsItIsWritten(String yaml, String said) {
    folder.yaml(yaml);

    assertThat(folder.problems(Map.of())).hasSize(1).first().asString().endsWith(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: {port: 80a}",
        "server: {port: 100k}",
        "retry: {max_attempts: \"3x\"}",
        "upstream: {deadlines: {idle: 30 parsecs}}",
        "upstream: {deadlines: {idle: soon}}"
      })
  void whatCannotBeMeantIsNotSuggested(String yaml) {
    folder.yaml(yaml);

    assertThat(folder.problems(Map.of())).hasSize(1).first().asString().doesNotContain("did you");
  }

  @Test
  void whatAVariableExpandsToIsNotShown() {
    folder.yaml("server: {port: \"${PORT_OF_SERAI}\"}");

    assertThat(folder.problems(Map.of("PORT_OF_SERAI", "8_765")))
        .singleElement()
        .asString()
        .contains("${PORT_OF_SERAI}")
        .doesNotContain("8765");
  }

  @Test
  void aNumberWithoutARangeSaysThatItIsWhole() {
    folder.yaml("upstream: {breaker: {minimum_calls: many}}");

    assertThat(folder.problems(Map.of()))
        .singleElement()
        .asString()
        .endsWith("\"many\" was read; must be a whole number");
  }
}
