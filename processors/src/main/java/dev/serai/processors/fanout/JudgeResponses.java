package dev.serai.processors.fanout;

import dev.serai.core.fanout.Aggregation;
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
    judge.ask(
        exchange,
        branches.judge(),
        ResponsesToJudge.of(Calls.of(exchange).chat(), branches.inPlanOrder()),
        scores ->
            branches.onLoop(
                () -> {
                  scores.ifPresent(branches::judged);
                  callback.done(false);
                }));
    return false;
  }
}
