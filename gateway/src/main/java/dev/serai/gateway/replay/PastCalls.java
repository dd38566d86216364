package dev.serai.gateway.replay;

import dev.serai.core.offpolicy.PastCall;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.PolicyFeatures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes calls of the past from their attempts. Left out are calls whose result does not depend on
 * their candidate, from which a bandit does not learn either: the client left, or the attempt
 * failed and the candidate was not at {@link FailureCause#isFault fault}; those for which nothing
 * was to be chosen; and those whose request set the strategy, since that would be so with another
 * policy too. Not thread-safe.
 */
final class PastCalls {
  private final Map<String, List<Row>> byCall = new LinkedHashMap<>();
  private final Map<String, Double> scores;

  /**
   * An attempt.
   *
   * @param choice in the first row of a call
   */
  record Row(
      String requestId,
      int attempt,
      Asked asked,
      Candidate candidate,
      Ended end,
      Optional<Choice> choice) {}

  /** What was asked for, and when. */
  record Asked(String model, String tenant, long timeMillis) {}

  /**
   * The outcome of an attempt.
   *
   * @param outcome of the row: answered, failed or cancelled
   * @param problem the code of its failure; empty if it did not fail
   * @param cause why the provider failed; empty if there was none
   */
  record Ended(String outcome, String problem, String cause, OptionalDouble usd, double millis) {}

  /** How the first candidate was chosen. */
  record Choice(String source, OptionalDouble propensity, Optional<PolicyFeatures> features) {}

  /**
   * @param scores from feedback, by the ID of the request
   */
  PastCalls(Map<String, Double> scores) {
    this.scores = scores;
  }

  void add(Row row) {
    byCall.computeIfAbsent(row.requestId, _ -> new ArrayList<>()).add(row);
  }

  /** The calls whose result depends on their candidate. */
  List<PastCall> calls() {
    List<PastCall> calls = new ArrayList<>();
    for (List<Row> rows : byCall.values()) {
      rows.sort(Comparator.comparingInt(Row::attempt));
      call(rows).ifPresent(calls::add);
    }
    return Collections.unmodifiableList(calls);
  }

  private Optional<PastCall> call(List<Row> rows) {
    Row first = rows.getFirst();
    Row last = rows.getLast();
    if (first.choice.isEmpty()
        || first.attempt != 1
        || first.choice.get().source.equals(Decision.Source.REQUEST.label())
        || !isUsable(first.end)) {
      return Optional.empty();
    }
    double millis = 0;
    double usd = 0;
    boolean priced = true;
    for (Row row : rows) {
      millis += row.end.millis;
      usd += row.end.usd.orElse(0);
      priced &= row.end.usd.isPresent() || !row.end.problem.isEmpty();
    }
    Double score = scores.get(first.requestId);
    boolean answered = first.end.problem.isEmpty() && last == first;
    return Optional.of(
        new PastCall(
            first.asked.model,
            first.asked.tenant,
            first.asked.timeMillis,
            first.choice.get().features,
            first.candidate,
            first.choice.get().propensity,
            new PastCall.Result(
                answered,
                priced ? OptionalDouble.of(usd) : OptionalDouble.empty(),
                millis,
                score == null ? OptionalDouble.empty() : OptionalDouble.of(score))));
  }

  /** Whether the first attempt has succeeded, or failed by a fault of its candidate. */
  private static boolean isUsable(Ended end) {
    if (end.problem.isEmpty()) {
      return end.outcome.equals("answered");
    }
    return FailureCause.ofLabel(end.cause).filter(FailureCause::isFault).isPresent();
  }
}
