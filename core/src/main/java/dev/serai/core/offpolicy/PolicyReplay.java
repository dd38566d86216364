package dev.serai.core.offpolicy;

import dev.serai.core.routing.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * Replays a policy over calls of the past: what it would have cost, how fast and how good it would
 * have been. Stateless.
 */
public final class PolicyReplay {
  /** With a smaller effective sample size no figure can be trusted. */
  public static final int MIN_EFFECTIVE = 100;

  /** The largest share of the policy's choices that no past call has made. */
  public static final double MAX_UNSEEN = 0.05;

  private static final double CONFIDENCE = 0.95;

  private PolicyReplay() {}

  /** What chooses candidates. */
  public interface Policy {
    /**
     * The probability with which it chooses each candidate for a call; empty if it does not know
     * the model of the call.
     */
    Map<Candidate, Double> chances(PastCall call);

    /** Learns from the outcome of a call. */
    void learn(PastCall call);

    /** What a call was worth, from 0 to 1. */
    double reward(PastCall call);
  }

  /**
   * One quantity, per call.
   *
   * @param name with its unit
   * @param past of the calls as they were
   * @param policy of the policy, by estimator
   */
  public record Figures(String name, Estimate past, Map<Estimator, Estimate> policy) {
    /** What the policy would have reached, by that estimator. */
    public Estimate by(Estimator estimator) {
      return Objects.requireNonNull(policy.get(estimator), estimator.name());
    }
  }

  /**
   * What a replay has found.
   *
   * @param calls how many there were
   * @param unknown those without a known propensity, which cannot be used
   * @param others those of models that the policy does not know
   * @param unseen the share of the policy's choices that go to candidates which no usable call of
   *     the same model has chosen
   * @param figures empty if no call is usable
   */
  public record Report(int calls, int unknown, int others, double unseen, List<Figures> figures) {
    /** How many calls were used. */
    public int usable() {
      return calls - unknown - others;
    }

    /** How many calls of the policy itself would say as much. */
    public double effective() {
      return figures.isEmpty() ? 0 : figures.getFirst().by(Estimator.IPS).effectiveCalls();
    }

    /** Whether the calls say enough of the policy. */
    public boolean concludes() {
      return effective() >= MIN_EFFECTIVE && unseen <= MAX_UNSEEN;
    }
  }

  private record Considered(PastCall call, Map<Candidate, Double> chances) {
    double target() {
      return Math.min(1, chances.getOrDefault(call.chosen(), 0.0));
    }
  }

  /** Replays the policy over calls, in the order of their time. */
  public static Report run(List<PastCall> calls, Policy policy) {
    List<Considered> usable = new ArrayList<>();
    int unknown = 0;
    int others = 0;
    List<PastCall> inOrder = new ArrayList<>(calls);
    inOrder.sort(Comparator.comparingLong(PastCall::timeMillis));
    for (PastCall call : inOrder) {
      Map<Candidate, Double> chances = policy.chances(call);
      if (chances.isEmpty()) {
        others++;
      } else if (call.propensity().isEmpty()) {
        unknown++;
      } else {
        usable.add(new Considered(call, chances));
      }
      policy.learn(call);
    }
    List<Figures> figures = new ArrayList<>();
    if (!usable.isEmpty()) {
      figure("answered", usable, call -> number(call.result().answered() ? 1 : 0))
          .ifPresent(figures::add);
      figure("cost_usd", usable, call -> call.result().usd()).ifPresent(figures::add);
      figure("latency_ms", usable, call -> number(call.result().millis())).ifPresent(figures::add);
      figure("reward", usable, call -> number(policy.reward(call))).ifPresent(figures::add);
      figure("score", usable, call -> call.result().score()).ifPresent(figures::add);
    }
    return new Report(calls.size(), unknown, others, unseen(usable), figures);
  }

  private static OptionalDouble number(double value) {
    return OptionalDouble.of(value);
  }

  /** The estimates of one quantity from the calls of which it is known. */
  private static Optional<Figures> figure(
      String name, List<Considered> usable, Function<PastCall, OptionalDouble> value) {
    List<Considered> known =
        usable.stream().filter(one -> value.apply(one.call).isPresent()).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<LoggedChoice> past = new ArrayList<>();
    List<LoggedChoice> choices = new ArrayList<>();
    // Each half is predicted by the other one, so that no call predicts itself.
    OutcomeModel[] models = {half(known, 1, value), half(known, 0, value)};
    for (int i = 0; i < known.size(); i++) {
      Considered one = known.get(i);
      double outcome = value.apply(one.call).orElseThrow();
      past.add(new LoggedChoice(outcome, 1, 1));
      choices.add(choice(one, outcome, models[i % 2]));
    }
    Map<Estimator, Estimate> estimates = new EnumMap<>(Estimator.class);
    for (Estimator estimator : Estimator.values()) {
      estimates.put(estimator, estimator.estimate(choices, CONFIDENCE, Double.POSITIVE_INFINITY));
    }
    return Optional.of(
        new Figures(
            name,
            Estimator.IPS.estimate(past, CONFIDENCE, Double.POSITIVE_INFINITY),
            Map.copyOf(estimates)));
  }

  private static OutcomeModel half(
      List<Considered> known, int which, Function<PastCall, OptionalDouble> value) {
    List<PastCall> half = new ArrayList<>();
    for (int i = which; i < known.size(); i += 2) {
      half.add(known.get(i).call);
    }
    return OutcomeModel.of(half, call -> value.apply(call).orElseThrow());
  }

  private static LoggedChoice choice(Considered one, double outcome, OutcomeModel model) {
    double expected = 0;
    for (Map.Entry<Candidate, Double> each : one.chances.entrySet()) {
      expected += each.getValue() * model.predict(one.call, each.getKey());
    }
    return new LoggedChoice(
        outcome,
        one.call.propensity().orElseThrow(),
        one.target(),
        model.predict(one.call, one.call.chosen()),
        expected);
  }

  private static double unseen(List<Considered> usable) {
    Map<String, Set<Candidate>> seen = new HashMap<>();
    for (Considered one : usable) {
      seen.computeIfAbsent(one.call.model(), _ -> new HashSet<>()).add(one.call.chosen());
    }
    double unseen = 0;
    for (Considered one : usable) {
      Set<Candidate> known = seen.getOrDefault(one.call.model(), Set.of());
      for (Map.Entry<Candidate, Double> each : one.chances.entrySet()) {
        unseen += known.contains(each.getKey()) ? 0 : each.getValue();
      }
    }
    return usable.isEmpty() ? 0 : unseen / usable.size();
  }
}
