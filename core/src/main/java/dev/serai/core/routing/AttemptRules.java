package dev.serai.core.routing;

import dev.serai.core.net.DeadlineOverrides;
import java.util.function.UnaryOperator;

/**
 * What an alias sets for the attempts of its calls. Immutable.
 *
 * @param deadlines which replace those of its models
 * @param failover which failures lead to another candidate
 */
public record AttemptRules(DeadlineOverrides deadlines, Failover failover) {
  /** What holds for calls without an alias. */
  public static final AttemptRules DEFAULT =
      new AttemptRules(DeadlineOverrides.NONE, Failover.DEFAULT);

  /** The same with another failover. */
  public AttemptRules with(UnaryOperator<Failover> change) {
    Failover changed = change.apply(failover);
    return changed == failover ? this : new AttemptRules(deadlines, changed);
  }
}
