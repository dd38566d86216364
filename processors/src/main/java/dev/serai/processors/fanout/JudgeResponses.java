package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Asks a model which of the responses is the best, if the alias of the call says so and there are
 * several. Without scores, for example because the model has failed, the responses are compared
 * with each other. Does nothing for other calls. Long responses are read off the event loop.
 * Thread-safe.
 */
final class JudgeResponses extends OffLoop {
  private final Judge judge;

  JudgeResponses(Judge judge, EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.judge = judge;
  }

  @Override
  protected boolean isNeeded(Exchange exchange) {
    return Branches.find(exchange)
        .filter(branches -> branches.aggregation() == Aggregation.BEST_BY_JUDGE)
        .filter(branches -> branches.responded().size() > 1)
        .isPresent();
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    return isShort(branches(exchange).bytes());
  }

  @Override
  protected void work(Exchange exchange) {
    Branches branches = branches(exchange);
    branches.show(shown(Calls.of(exchange), branches));
  }

  @Override
  protected boolean proceed(Exchange exchange, AsyncCallback callback) {
    Branches branches = branches(exchange);
    Optional<ResponsesToJudge> shown = branches.shown();
    if (exchange.isFailed() || shown.isEmpty()) {
      return true;
    }
    judge.ask(
        exchange,
        branches,
        shown.get(),
        scores -> {
          scores.ifPresent(branches::judged);
          callback.done(false);
        });
    return false;
  }

  private static Branches branches(Exchange exchange) {
    return Branches.find(exchange).orElseThrow();
  }

  /** What the judge sees; empty if that cannot be known, or the time of the call is over. */
  private static Optional<ResponsesToJudge> shown(Call call, Branches branches) {
    if (call.bounds().isOver(call.elapsedNanos())) {
      Judge.warn(call, branches.judge(), "is not asked, since the time of the call is over");
      return Optional.empty();
    }
    try {
      return Optional.of(ResponsesToJudge.of(call.chat(), branches.inPlanOrder()));
    } catch (GatewayProblem unreadable) {
      // The responses are paid for: a request that is forwarded as it is may be unreadable here.
      Judge.warn(call, branches.judge(), "is not asked: " + unreadable.message());
      return Optional.empty();
    }
  }
}
