package dev.serai.core.rate;

import java.time.Duration;
import java.util.Locale;

/**
 * What a rate limit counts, and over which time. The windows of a second and a minute are token
 * buckets, which refill evenly. The window of a day is the calendar day in UTC.
 */
public enum Window {
  REQUESTS_PER_SECOND("second", Unit.REQUESTS, Duration.ofSeconds(1)),
  REQUESTS_PER_MINUTE("minute", Unit.REQUESTS, Duration.ofMinutes(1)),
  REQUESTS_PER_DAY("day", Unit.REQUESTS, Duration.ofDays(1)),
  TOKENS_PER_MINUTE("minute", Unit.TOKENS, Duration.ofMinutes(1)),
  TOKENS_PER_DAY("day", Unit.TOKENS, Duration.ofDays(1)),
  INPUT_TOKENS_PER_MINUTE("minute", Unit.INPUT_TOKENS, Duration.ofMinutes(1)),
  OUTPUT_TOKENS_PER_MINUTE("minute", Unit.OUTPUT_TOKENS, Duration.ofMinutes(1)),
  /** Calls that run at the same time; a stream counts until it has ended. */
  CONCURRENT_REQUESTS("concurrent", Unit.CONCURRENT, Duration.ZERO);

  /** What is counted. */
  public enum Unit {
    REQUESTS("requests"),
    TOKENS("tokens"),
    INPUT_TOKENS("input tokens"),
    OUTPUT_TOKENS("output tokens"),
    CONCURRENT("concurrent requests");

    private final String label;

    Unit(String words) {
      this.label = words;
    }

    /** Its name in messages. */
    public String label() {
      return label;
    }

    /** Whether it is known only when a call has ended. */
    public boolean isTokens() {
      return this == TOKENS || this == INPUT_TOKENS || this == OUTPUT_TOKENS;
    }
  }

  private final String label;
  private final Unit unit;
  private final Duration length;
  private final String fieldName;
  private final boolean day;

  Window(String word, Unit unit, Duration length) {
    this.label = word;
    this.unit = unit;
    this.length = length;
    this.day = length.toDays() == 1;
    String counted = unit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    this.fieldName = unit == Unit.CONCURRENT ? counted : counted + "-" + word;
  }

  /** Its name in messages and metrics: {@code minute}. */
  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  /** What it counts, and over which time, as a name in header fields: {@code requests-minute}. */
  public String fieldName() {
    return fieldName;
  }

  /** How long it takes to refill; zero for calls at the same time. */
  public Duration length() {
    return length;
  }

  /** Whether it is a calendar day; other windows refill evenly. */
  public boolean isDay() {
    return day;
  }
}
