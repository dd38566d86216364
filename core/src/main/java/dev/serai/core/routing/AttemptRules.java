package dev.serai.core.routing;

import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.net.DeadlineOverrides;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * What an alias sets for the attempts of its calls. Immutable.
 *
 * @param deadlines which replace those of its models
 * @param failover which failures lead to another candidate
 * @param maxAttempts how many attempts of a call reach a provider, instead of that of all calls
 * @param headers header fields that are added to every request to a provider; they may be secret
 * @param hedging when a second candidate is asked beside the first one
 * @param fanOut whether several candidates are asked at once
 */
public record AttemptRules(
    DeadlineOverrides deadlines,
    Failover failover,
    OptionalInt maxAttempts,
    Map<String, String> headers,
    HedgeRules hedging,
    FanOutRules fanOut) {
  /** What holds for calls without an alias. */
  public static final AttemptRules DEFAULT =
      new AttemptRules(DeadlineOverrides.NONE, Failover.DEFAULT);

  /**
   * When a second candidate is asked beside the first one, because that is late. Rules that never
   * ask one are {@link #OFF} itself.
   *
   * @param after the first token of a stream is late; 0 for never
   * @param learned whether it is late instead after the time that 95 % of the latest attempts at
   *     its candidate kept, once there are enough of them
   * @param afterWhole a response that is not streamed is late; 0 for never
   */
  public record HedgeRules(Duration after, boolean learned, Duration afterWhole) {
    /** No second candidate is asked. */
    public static final HedgeRules OFF = new HedgeRules(Duration.ZERO, false, Duration.ZERO);

    /** Rules with these values, {@link #OFF} if no response is ever late. */
    public static HedgeRules of(Duration after, boolean learned, Duration afterWhole) {
      HedgeRules rules = new HedgeRules(after, learned, afterWhole);
      return after.isZero() && afterWhole.isZero() ? OFF : rules;
    }
  }

  public AttemptRules {
    headers = Map.copyOf(headers);
  }

  /** Rules that ask one candidate at once, but for hedging. */
  public AttemptRules(
      DeadlineOverrides deadlines,
      Failover failover,
      OptionalInt maxAttempts,
      Map<String, String> headers,
      HedgeRules hedging) {
    this(deadlines, failover, maxAttempts, headers, hedging, FanOutRules.OFF);
  }

  /** Rules without attempts, header fields and hedging of their own. */
  public AttemptRules(DeadlineOverrides deadlines, Failover failover) {
    this(deadlines, failover, OptionalInt.empty(), Map.of(), HedgeRules.OFF);
  }

  /** The same with another failover. */
  public AttemptRules with(UnaryOperator<Failover> change) {
    Failover changed = change.apply(failover);
    return changed == failover
        ? this
        : new AttemptRules(deadlines, changed, maxAttempts, headers, hedging, fanOut);
  }

  /** Without the values of header fields, which may be secrets. */
  @Override
  public String toString() {
    return "AttemptRules["
        + deadlines
        + ", "
        + failover
        + ", "
        + maxAttempts
        + ", "
        + headers.keySet()
        + ", "
        + hedging
        + ", "
        + fanOut
        + "]";
  }
}
