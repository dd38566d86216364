package dev.serai.processors.admission;

import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.rate.RateDemand;
import dev.serai.core.rate.RateStore;
import java.util.List;
import java.util.Optional;

/**
 * What a call has taken for the messages of its session, beside its {@link RateHold}. That one is
 * corrected by all tokens that were used, so this one is given back if they are known.
 */
final class RecalledHold extends Hold {
  private final RateStore store;
  private final List<RateDemand> demands;
  private final long day;
  private boolean counted;

  private RecalledHold(RateStore store, List<RateDemand> demands, long day) {
    this.store = store;
    this.demands = demands;
    this.day = day;
  }

  /**
   * Takes it, whether the windows have it or not.
   *
   * @param day of now, in days since 1970
   */
  static RecalledHold take(RateStore store, List<RateDemand> demands, long day) {
    for (RateDemand demand : demands) {
      store.adjust(demand.rule(), demand.amount(), day);
    }
    return new RecalledHold(store, demands, day);
  }

  @Override
  public void recordUsage(Usage used) {
    counted = true;
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    if (counted) {
      onRelease();
    }
  }

  @Override
  protected void onRelease() {
    for (RateDemand demand : demands) {
      store.adjust(demand.rule(), -demand.amount(), day);
    }
  }
}
