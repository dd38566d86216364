package dev.serai.core.offpolicy;

import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.PolicyFeatures;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Predicts the outcome of a call by the means of other calls: those of its candidate and its kind
 * of work, as far as there are enough of them, else those of its candidate, else those of all. Not
 * thread-safe.
 */
final class OutcomeModel {
  /** How many calls the mean of more general ones counts for. */
  private static final double PRIOR = 5;

  private final Map<Cell, Sum> sums = new HashMap<>();
  private final Sum all = new Sum();

  private record Cell(Candidate candidate, Optional<String> task) {}

  private static final class Sum {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double mean(double otherwise) {
      return (sum + PRIOR * otherwise) / (count + PRIOR);
    }
  }

  /** Learns from these calls. */
  static OutcomeModel of(List<PastCall> calls, ToDoubleFunction<PastCall> value) {
    OutcomeModel model = new OutcomeModel();
    for (PastCall call : calls) {
      double outcome = value.applyAsDouble(call);
      model.all.add(outcome);
      model.sum(call.chosen(), Optional.empty()).add(outcome);
      call.features()
          .ifPresent(known -> model.sum(call.chosen(), Optional.of(known.task())).add(outcome));
    }
    return model;
  }

  private Sum sum(Candidate candidate, Optional<String> task) {
    return sums.computeIfAbsent(new Cell(candidate, task), _ -> new Sum());
  }

  /** What is to be expected if this candidate is chosen for the call. */
  double predict(PastCall call, Candidate candidate) {
    double overall = all.count == 0 ? 0 : all.sum / all.count;
    double ofCandidate = mean(candidate, Optional.empty(), overall);
    Optional<String> task = call.features().map(PolicyFeatures::task);
    return task.isEmpty() ? ofCandidate : mean(candidate, task, ofCandidate);
  }

  private double mean(Candidate candidate, Optional<String> task, double otherwise) {
    Sum known = sums.get(new Cell(candidate, task));
    return known == null ? otherwise : known.mean(otherwise);
  }
}
