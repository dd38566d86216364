package dev.serai.adapters.dialects.problem;

import dev.serai.core.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads how long a provider asks to wait: {@code retry-after-ms}, or {@code Retry-After} (RFC 9110,
 * section 10.2.3) in seconds or as a date, relative to the {@code Date} of the reply. A value that
 * is malformed, in the past or more than a day ahead is ignored.
 */
public final class RetryAfter {
  private static final Duration MAX_DELAY = Duration.ofDays(1);

  private RetryAfter() {}

  /** The delay that the headers of a failure ask for. */
  public static Optional<Duration> read(Headers headers) {
    return number(headers.first("retry-after-ms"))
        .map(Duration::ofMillis)
        .or(() -> number(headers.first("retry-after")).map(Duration::ofSeconds))
        .or(() -> untilDate(headers))
        .filter(wait -> !wait.isNegative() && wait.compareTo(MAX_DELAY) <= 0);
  }

  private static Optional<Long> number(Optional<String> text) {
    return text.map(String::strip)
        .filter(t -> !t.isEmpty() && t.length() <= 9 && t.chars().allMatch(Character::isDigit))
        .map(Long::parseLong);
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
