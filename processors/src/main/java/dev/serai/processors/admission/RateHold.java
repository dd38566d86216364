package dev.serai.processors.admission;

import dev.serai.core.chat.Usage;
import dev.serai.core.limit.Hold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.rate.RateDemand;
import dev.serai.core.rate.RateStore;
import dev.serai.core.rate.Window.Unit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call has taken from its windows. When it ends, tokens are corrected by those that were
 * used, and its place among the concurrent calls is free. Usage is recorded on the thread of the
 * call.
 */
final class RateHold extends Hold {
  private final RateStore store;
  private final List<RateDemand> demands;
  private final long day;
  private final Expected expected;
  private @Nullable Usage usage;

  /**
   * What the call was expected to use.
   *
   * @param forecast learns from what it has used
   */
  record Expected(long input, long output, TokenForecast forecast) {}

  /**
   * @param day when it was taken
   */
  RateHold(RateStore store, List<RateDemand> demands, long day, Expected expected) {
    this.store = store;
    this.demands = demands;
    this.day = day;
    this.expected = expected;
  }

  @Override
  public void recordUsage(Usage used) {
    usage = used;
    if (used.output() > 0) {
      expected.forecast.learn(used.output());
    }
  }

  @Override
  public void recordPieces(int pieces) {
    usage = Usage.of(expected.input, pieces);
  }

  @Override
  protected void onSettle(Optional<GatewayProblem> problem) {
    for (RateDemand demand : demands) {
      Unit unit = demand.rule().window().unit();
      if (unit == Unit.CONCURRENT) {
        store.adjust(demand.rule(), -demand.amount(), day);
      } else if (unit.isTokens() && usage != null) {
        store.adjust(demand.rule(), amount(unit, usage) - demand.amount(), day);
      }
    }
  }

  @Override
  protected void onRelease() {
    for (RateDemand demand : demands) {
      store.adjust(demand.rule(), -demand.amount(), day);
    }
  }

  private static long amount(Unit unit, Usage usage) {
    return switch (unit) {
      case INPUT_TOKENS -> usage.input();
      case OUTPUT_TOKENS -> usage.output();
      case TOKENS -> usage.total();
      case REQUESTS, CONCURRENT -> 1;
    };
  }
}
