package dev.serai.adapters.dialects.problem;

import dev.serai.core.http.Headers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
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
  private static final String COUNT = "(?:([0-9]{1,12}(?:\\.[0-9]{1,12})?)";
  private static final Pattern DURATION =
      Pattern.compile(COUNT + "h)?" + COUNT + "m)?" + COUNT + "s)?" + COUNT + "ms)?");

  /** Of the units of {@link #DURATION}. */
  private static final long[] UNIT_MILLIS = {3_600_000, 60_000, 1000, 1};

  private static final int MAX_LENGTH = 40;
  private static final int MILLIS = 3;

  private RetryAfter() {}

  /** The delay that the headers of a failure ask for. */
  public static Optional<Duration> read(Headers headers) {
    return delay(headers.first("retry-after-ms"), 0)
        .or(() -> delay(headers.first("retry-after"), MILLIS))
        .or(() -> untilDate(headers))
        .filter(wait -> !wait.isNegative())
        .map(RetryAfter::atMostADay);
  }

  /**
   * A duration of Google's: {@code RetryInfo.retryDelay}, one of Protobuf such as {@code 34.07s},
   * or {@code quotaResetDelay} in the metadata of an {@code ErrorInfo}, one of Go such as {@code
   * 9h22m20s} or {@code 539.47ms}.
   */
  public static Optional<Duration> duration(String text) {
    Matcher found = DURATION.matcher(text.strip());
    if (text.isBlank() || text.length() > MAX_LENGTH || !found.matches()) {
      return Optional.empty();
    }
    BigDecimal millis = BigDecimal.ZERO;
    for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
      String count = Optional.ofNullable(found.group(unit + 1)).orElse("0");
      millis = millis.add(new BigDecimal(count).multiply(BigDecimal.valueOf(UNIT_MILLIS[unit])));
    }
    long whole = millis.min(MAX_MILLIS).setScale(0, RoundingMode.CEILING).longValueExact();
    return Optional.of(Duration.ofMillis(whole));
  }

  /**
   * How long it is until a time such as {@code quotaResetTimeStamp}, by the {@code Date} of the
   * reply; empty without one, or if it has passed.
   */
  public static Optional<Duration> until(String time, Headers headers) {
    Optional<ZonedDateTime> now = date(headers.first("date"));
    try {
      Instant then = Instant.parse(time.strip());
      return now.map(start -> Duration.between(start.toInstant(), then))
          .filter(wait -> !wait.isNegative())
          .map(RetryAfter::atMostADay);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration atMostADay(Duration wait) {
    return wait.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : wait;
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
