package dev.serai.processors.accounting;

import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.core.usage.RecordedDecision;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes as cells of CSV how the candidate of a call was chosen. Pure. */
final class DecisionCsv {
  static final String NAMES =
      "strategy,strategy_source,choice,targets,candidates,algorithm,propensity,kind_of_work,"
          + "prompt_tokens,turns,traits,experiment,variant";

  private static final int CELLS = 13;
  private static final int FEATURES = 4;

  private DecisionCsv() {}

  /** One cell for each of {@link #NAMES}; all are empty if nothing was chosen. */
  static List<String> cells(Optional<RecordedDecision> decision) {
    if (decision.isEmpty()) {
      return Collections.nCopies(CELLS, "");
    }
    RecordedDecision made = decision.get();
    List<String> cells = new ArrayList<>(CELLS);
    cells.add(made.strategy());
    cells.add(made.source());
    cells.add(made.choice());
    cells.add(Integer.toString(made.targets()));
    cells.add(
        made.candidates().stream()
            .map(one -> one.provider() + '/' + one.model())
            .collect(Collectors.joining(",")));
    cells.add(made.algorithm());
    boolean known = made.propensity().isPresent();
    cells.add(known ? BigDecimal.valueOf(made.propensity().getAsDouble()).toPlainString() : "");
    cells.addAll(made.features().map(DecisionCsv::cells).orElse(Collections.nCopies(FEATURES, "")));
    cells.add(made.assignment().map(Assignment::experiment).orElse(""));
    cells.add(made.assignment().map(Assignment::variant).orElse(""));
    return cells;
  }

  private static List<String> cells(PolicyFeatures features) {
    return List.of(
        features.task(),
        Long.toString(features.promptTokens()),
        Integer.toString(features.turns()),
        features.traits().stream().sorted().map(Trait::label).collect(Collectors.joining(",")));
  }
}
