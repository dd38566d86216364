package dev.serai.adapters.dialects.problem;

import dev.serai.core.http.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads how long a provider asks to wait: {@code retry-after-ms}, or {@code Retry-After} (RFC 9110,
 * section 10.2.3) in seconds or as a date, relative to the {@code Date} of the reply. Fractions,
 * which some providers send, are rounded up to milliseconds, and a wait of more than a day is one
 * of a day. A value that is malformed or in the past is ignored. Stateless.
 */
public final class RetryAfter {
  private static final Duration MAX_DELAY = Duration.ofDays(1);
  private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(MAX_DELAY.toMillis());
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final int MAX_LENGTH = 40;
  private static final int MILLIS = 3;

  private RetryAfter() {}

  /** The delay that the headers of a failure ask for. */
  public static Optional<Duration> read(Headers headers) {
    return delay(headers.first("retry-after-ms"), 0)
        .or(() -> delay(headers.first("retry-after"), MILLIS))
        .or(() -> untilDate(headers))
        .filter(wait -> !wait.isNegative())
        .map(wait -> wait.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : wait);
  }

  /** Google's {@code RetryInfo.retryDelay}, a duration of Protobuf such as {@code 34.07s}. */
  public static Optional<Duration> duration(String text) {
    return text.endsWith("s")
        ? delay(Optional.of(text.substring(0, text.length() - 1)), MILLIS)
        : Optional.empty();
  }

  /**
   * @param decimals of the unit that are whole milliseconds
   */
  private static Optional<Duration> delay(Optional<String> text, int decimals) {
    return text.map(String::strip)
        .filter(t -> t.length() <= MAX_LENGTH && NUMBER.matcher(t).matches())
        .map(t -> new BigDecimal(t).movePointRight(decimals).setScale(0, RoundingMode.CEILING))
        .map(millis -> Duration.ofMillis(millis.min(MAX_MILLIS).longValueExact()));
  }

  private static Optional<Duration> untilDate(Headers headers) {
    Optional<ZonedDateTime> now = date(headers.first("date"));
    Optional<ZonedDateTime> then = date(headers.first("retry-after"));
    return then.isPresent() && now.isPresent()
        ? Optional.of(Duration.between(now.get(), then.get()))
        : Optional.empty();
  }

  private static Optional<ZonedDateTime> date(Optional<String> text) {
    try {
      return text.map(t -> ZonedDateTime.parse(t, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
