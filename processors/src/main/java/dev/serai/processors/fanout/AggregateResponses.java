package dev.serai.processors.fanout;

import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutResult;
import dev.serai.core.fanout.JsonComparison;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Optional;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Makes one response of those that the candidates of a call have given, as its alias says, and
 * drops the others. Long responses are compared off the event loop. Thread-safe.
 */
final class AggregateResponses extends OffLoop {
  private final JsonComparison json;

  /**
   * @param json compares and merges JSON
   */
  AggregateResponses(JsonComparison json, EventLoops loops) {
    super(loops, BOUNDED_BY_MEMORY);
    this.json = json;
  }

  @Override
  protected boolean isQuick(Exchange exchange) {
    Branches branches = branches(exchange);
    return branches.aggregation() == Aggregation.FIRST_WIN
        || branches.scores().isPresent()
        || isShort(branches.bytes());
  }

  @Override
  protected void work(Exchange exchange) {
    Branches branches = branches(exchange);
    branches.decide(decision(branches));
  }

  @Override
  protected boolean proceed(Exchange exchange, AsyncCallback callback) {
    if (!exchange.isFailed()) {
      branches(exchange).choose();
    }
    return true;
  }

  private static Branches branches(Exchange exchange) {
    return Branches.find(exchange)
        .filter(made -> !made.responded().isEmpty())
        .orElseThrow(
            () -> new IllegalStateException("no responses yet: ask-candidates comes first"));
  }

  private Branches.Decision decision(Branches branches) {
    FanOutResult result = branches.result();
    if (branches.aggregation() == Aggregation.FIRST_WIN) {
      return new Branches.Decision(branches.responded().getFirst(), Optional.empty(), result);
    }
    List<Branch> inOrder = branches.inPlanOrder();
    Optional<JudgeScores> scores = branches.scores();
    if (scores.isPresent()) {
      int best = scores.get().best();
      return new Branches.Decision(
          inOrder.get(best), Optional.empty(), result.judged(scores.get().scores().get(best)));
    }
    return branches.aggregation() == Aggregation.WEIGHTED_MERGE
        ? merged(branches, inOrder)
        : agreed(branches, inOrder);
  }

  /** One that most agree with. */
  private Branches.Decision agreed(Branches branches, List<Branch> inOrder) {
    ResponseGroups groups = new ResponseGroups();
    inOrder.forEach(branch -> groups.add(compared(branch), 1));
    return new Branches.Decision(
        inOrder.get(groups.representative()),
        Optional.empty(),
        branches.result().agreed(groups.agreement()));
  }

  /** One merged of JSON objects, or one that those with the most weight agree with. */
  private Branches.Decision merged(Branches branches, List<Branch> inOrder) {
    MergedResponses merged = new MergedResponses(json);
    inOrder.forEach(branch -> merged.add(branch.read(), branches.weight(branch)));
    MergedResponses.Result result = merged.result();
    return new Branches.Decision(
        inOrder.get(result.chosen()),
        result.response(),
        branches.result().agreed(result.agreement()));
  }

  private ComparedResponse compared(Branch branch) {
    return branch
        .read()
        .map(response -> ComparedResponse.of(response, json::form))
        .orElse(ComparedResponse.NONE);
  }
}
