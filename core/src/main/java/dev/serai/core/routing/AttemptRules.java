package dev.serai.core.routing;

import dev.serai.core.net.DeadlineOverrides;
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
 */
public record AttemptRules(
    DeadlineOverrides deadlines,
    Failover failover,
    OptionalInt maxAttempts,
    Map<String, String> headers) {
  /** What holds for calls without an alias. */
  public static final AttemptRules DEFAULT =
      new AttemptRules(DeadlineOverrides.NONE, Failover.DEFAULT);

  public AttemptRules {
    headers = Map.copyOf(headers);
  }

  /** Rules without attempts and header fields of their own. */
  public AttemptRules(DeadlineOverrides deadlines, Failover failover) {
    this(deadlines, failover, OptionalInt.empty(), Map.of());
  }

  /** The same with another failover. */
  public AttemptRules with(UnaryOperator<Failover> change) {
    Failover changed = change.apply(failover);
    return changed == failover ? this : new AttemptRules(deadlines, changed, maxAttempts, headers);
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
        + "]";
  }
}
