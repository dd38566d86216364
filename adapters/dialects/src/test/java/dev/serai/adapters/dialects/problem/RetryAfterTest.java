package dev.serai.adapters.dialects.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.http.HeaderFields;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a provider asks to wait. */
class RetryAfterTest {
  @ParameterizedTest
  @CsvSource({
    "7, 7000",
    "0, 0",
    "0.5, 500",
    "0.0001, 1",
    "12.3456, 12346",
    "86400, 86400000",
    "1000000000, 86400000",
    "99999999999999999999, 86400000",
    "'Sun, 06 Nov 1994 08:49:47 GMT', 10000",
    "'06 Nov 2094 08:49:37 GMT', 86400000"
  })
  void aNumberOrADateIsRoundedUpAndAtMostADay(String asked, long millis) {
    assertThat(RetryAfter.read(headers(asked))).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "soon", "1e9", "1.", ".5", "1,5", "Sun, 06 Nov 1994 08:49:27 GMT"})
  void anythingElseIsIgnored(String asked) {
    assertThat(RetryAfter.read(headers(asked))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"250, 250", "250.2, 251", "999999999999, 86400000"})
  void millisecondsComeFirst(String asked, long millis) {
    assertThat(RetryAfter.read(headers("9").add("retry-after-ms", asked)))
        .contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "39s, 39000",
    "45.837906927s, 45838",
    "0.2s, 200",
    "900000s, 86400000",
    "5ms, 5",
    "539.477544ms, 540",
    "9h22m20s, 33740000",
    "1h0m0s, 3600000",
    "42m, 2520000",
    "135h9m46s, 86400000"
  })
  void aDurationOfProtobufOrGoIsRoundedUpToo(String asked, long millis) {
    assertThat(RetryAfter.duration(asked)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s", "39", "-1s", "1e3s", "1s2m", "1h 2m", "5us", "1.s", "1d"})
  void noOtherTextIsADuration(String asked) {
    assertThat(RetryAfter.duration(asked)).isEmpty();
  }

  @Test
  void theTimeOfAResetIsAWaitByTheDateOfTheReply() {
    assertThat(RetryAfter.until("1994-11-06T08:50:07Z", headers("")))
        .contains(Duration.ofSeconds(30));
    assertThat(RetryAfter.until("2094-11-06T08:50:07Z", headers(""))).contains(Duration.ofDays(1));
    for (String time : List.of("1994-11-06T08:49:36Z", "tomorrow", "")) {
      assertThat(RetryAfter.until(time, headers(""))).isEmpty();
    }
    assertThat(RetryAfter.until("2094-11-06T08:50:07Z", new HeaderFields())).isEmpty();
  }

  private static HeaderFields headers(String asked) {
    return new HeaderFields()
        .add("date", "Sun, 06 Nov 1994 08:49:37 GMT")
        .add("retry-after", asked);
  }
}
