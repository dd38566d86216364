package dev.serai.processors.fanout;

import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.JsonComparison;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes one response of those that the candidates of a call have given, as its alias says, and
 * drops the others. Thread-safe.
 */
final class AggregateResponses implements Processor {
  private final JsonComparison json;

  /**
   * @param json compares and merges JSON
   */
  AggregateResponses(JsonComparison json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    Branches branches =
        Branches.find(exchange)
            .filter(made -> !made.responded().isEmpty())
            .orElseThrow(
                () -> new IllegalStateException("no responses yet: ask-candidates comes first"));
    if (branches.aggregation() == Aggregation.FIRST_WIN) {
      branches.choose(branches.responded().getFirst(), branches.result());
      return;
    }
    List<Branch> inOrder = branches.inPlanOrder();
    Optional<JudgeScores> scores = branches.scores();
    if (scores.isPresent()) {
      int best = scores.get().best();
      branches.choose(inOrder.get(best), branches.result().judged(scores.get().scores().get(best)));
    } else if (branches.aggregation() == Aggregation.WEIGHTED_MERGE) {
      merge(branches, inOrder);
    } else {
      agree(branches, inOrder);
    }
  }

  /** One that most agree with. */
  private void agree(Branches branches, List<Branch> inOrder) {
    ResponseGroups groups = new ResponseGroups();
    inOrder.forEach(branch -> groups.add(compared(branch), 1));
    branches.choose(
        inOrder.get(groups.representative()), branches.result().agreed(groups.agreement()));
  }

  /** One merged of JSON objects, or one that those with the most weight agree with. */
  private void merge(Branches branches, List<Branch> inOrder) {
    MergedResponses merged = new MergedResponses(json);
    inOrder.forEach(branch -> merged.add(branch.read(), branches.weight(branch)));
    MergedResponses.Result result = merged.result();
    Branch chosen = inOrder.get(result.chosen());
    result.response().ifPresent(chosen::replace);
    branches.choose(chosen, branches.result().agreed(result.agreement()));
  }

  private ComparedResponse compared(Branch branch) {
    return branch
        .read()
        .map(response -> ComparedResponse.of(response, json::form))
        .orElse(ComparedResponse.NONE);
  }
}
