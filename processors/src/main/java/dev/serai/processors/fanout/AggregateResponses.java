package dev.serai.processors.fanout;

import dev.serai.core.fanout.Aggregation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes one response of those that the candidates of a call have given, as its alias says, and
 * drops the others. Thread-safe.
 */
final class AggregateResponses implements Processor {
  private final Function<String, Optional<String>> json;

  /**
   * @param json the form of a JSON object or array, equal for equal values
   */
  AggregateResponses(Function<String, Optional<String>> json) {
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
      branches.choose(branches.responded().getFirst(), OptionalDouble.empty(), exchange);
      return;
    }
    List<Branch> inOrder = new ArrayList<>(branches.responded());
    inOrder.sort(Comparator.comparingInt(Branch::place));
    ResponseGroups groups = new ResponseGroups();
    inOrder.forEach(
        branch ->
            groups.add(
                branch
                    .read()
                    .map(read -> ComparedResponse.of(read, json))
                    .orElse(ComparedResponse.NONE)));
    branches.choose(
        inOrder.get(groups.representative()), OptionalDouble.of(groups.agreement()), exchange);
  }
}
