package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.limit.ByteLimit;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Asks the first candidates of the plan at once, each in the route {@code branch}, and waits
 * without a thread until enough of them have responded: the first one, or all, or those that did
 * before the deadline. Fails the call if fewer have than its alias requires. Thread-safe.
 */
final class AskCandidates extends AsyncStep {
  private final EventLoops loops;
  private final CandidateStats stats;
  private final ByteLimit memory;

  /**
   * @param stats measures the attempts
   * @param memory counts the responses that are held until they are compared
   */
  AskCandidates(EventLoops loops, CandidateStats stats, ByteLimit memory) {
    this.loops = loops;
    this.stats = stats;
    this.memory = memory;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    Branches branches = Branches.of(exchange, loops, memory);
    for (Branch branch : branches.all()) {
      stats.begin(branch.attempt());
    }
    exchange.setProperty(ExchangeProperties.FAN_OUT, branches);
    call.lifecycle().recordFanOut(branches.result());
    branches.begin(
        problem -> {
          problem.ifPresent(exchange::setException);
          callback.done(false);
        });
    return false;
  }
}
