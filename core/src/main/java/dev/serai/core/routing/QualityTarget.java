package dev.serai.core.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The quality, the cost and the latency that a call asks for. Immutable.
 *
 * @param level how good the response should be, as it is predicted; empty if any will do
 * @param maxNanoUsd the highest expected cost of the call, in nano US dollars (1e-9 USD)
 * @param pricedOnly whether a candidate without a known price is left out; it comes last otherwise
 * @param latency how long the first token may take
 */
public record QualityTarget(
    Optional<Level> level,
    OptionalLong maxNanoUsd,
    boolean pricedOnly,
    Optional<Duration> latency) {
  /** A call asks for nothing. */
  public static final QualityTarget NONE =
      new QualityTarget(Optional.empty(), OptionalLong.empty(), true, Optional.empty());

  private static final int PERCENT_BEFORE_ESCALATION = 60;
  private static final int LATENCIES_BEFORE_END = 4;

  /** How good a response should be. */
  public enum Level {
    FAST(0.60),
    BALANCED(0.75),
    HIGH(0.85);

    private static final String STANDARD = "standard";

    private final double floor;

    Level(double floor) {
      this.floor = floor;
    }

    /** The lowest predicted quality of a candidate that reaches it, from 0 to 1. */
    public double floor() {
      return floor;
    }

    /** Its name in requests. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The level of that name; {@code standard} is another name of {@link #BALANCED}. */
    public static Optional<Level> named(String name) {
      return name.equals(STANDARD)
          ? Optional.of(BALANCED)
          : Arrays.stream(values()).filter(one -> one.label().equals(name)).findFirst();
    }

    /** All names, in the order of the declaration. */
    public static List<String> labels() {
      return Arrays.stream(values()).map(Level::label).toList();
    }
  }

  /** The time after which a stream without a token is left for the next candidate. */
  public Optional<Duration> escalation() {
    return latency.map(whole -> whole.multipliedBy(PERCENT_BEFORE_ESCALATION).dividedBy(100));
  }

  /** The time after which the call ends. */
  public Optional<Duration> limit() {
    return latency.map(whole -> whole.multipliedBy(LATENCIES_BEFORE_END));
  }
}
