package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Asks a model which of the responses is the best, if the alias of the call says so and there are
 * several. Without scores, for example because the model has failed, the responses are compared
 * with each other. Does nothing for other calls. Thread-safe.
 */
final class JudgeResponses extends AsyncStep {
  private final Judge judge;

  JudgeResponses(Judge judge) {
    this.judge = judge;
  }

  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Optional<Branches> found =
        Branches.find(exchange)
            .filter(branches -> branches.aggregation() == Aggregation.BEST_BY_JUDGE)
            .filter(branches -> branches.responded().size() > 1);
    if (found.isEmpty()) {
      return true;
    }
    Branches branches = found.get();
    Call call = Calls.of(exchange);
    Optional<ResponsesToJudge> shown = shown(call, branches);
    if (shown.isEmpty()) {
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
