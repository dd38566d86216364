package dev.serai.adapters.dialects.openaiapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateKey;
import dev.serai.core.rate.RateKey.Scope;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.Window;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitFieldsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.0000001S, 1ms",
    "PT0.12S, 120ms",
    "PT1S, 1s",
    "PT1.5S, 1.5s",
    "PT59.9999S, 1m0s",
    "PT6M, 6m0s",
    "PT1H2S, 1h0m2s",
    "PT23H59M59.001S, 23h59m59.001s"
  })
  void timesAreInTheFormOfOpenAi(Duration time, String text) {
    assertThat(LimitFields.text(time)).isEqualTo(text);
  }

  @Test
  void theWindowWithTheLeastLeftIsShown() {
    HeaderFields fields = new HeaderFields();
    LimitFields.add(
        fields,
        List.of(
            left(Window.REQUESTS_PER_MINUTE, 60, 59),
            left(Window.REQUESTS_PER_DAY, 100, 7),
            left(Window.TOKENS_PER_MINUTE, 1000, 500),
            left(Window.OUTPUT_TOKENS_PER_MINUTE, 600, 20),
            left(Window.CONCURRENT_REQUESTS, 5, 1)));
    assertThat(fields.first("x-ratelimit-limit-requests")).contains("100");
    assertThat(fields.first("x-ratelimit-remaining-requests")).contains("7");
    assertThat(fields.first("x-ratelimit-limit-tokens")).contains("600");
    assertThat(fields.first("x-ratelimit-remaining-tokens")).contains("20");
    assertThat(fields.first("x-ratelimit-reset-tokens")).contains("1s");
  }

  @Test
  void whatIsNotLimitedHasNoFields() {
    HeaderFields fields = new HeaderFields();
    LimitFields.add(fields, List.of(left(Window.CONCURRENT_REQUESTS, 5, 1)));
    assertThat(fields.toString()).isEqualTo("[]");
  }

  private static RateReading left(Window window, long amount, long remaining) {
    RateRule rule =
        new RateRule(new RateKey(Scope.KEY, "acme", "app", window), new Allowance(window, amount));
    return new RateReading(rule, remaining, Duration.ofSeconds(1), Duration.ZERO);
  }
}
