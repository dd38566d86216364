package dev.serai.core.experiment.result;

import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.result.ExperimentResult.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides when another variant becomes the champion of an experiment, so that one that has become
 * worse is replaced too.
 *
 * <p>It does not go back and forth: a challenger must certainly be better by a margin, each round
 * lasts a while and counts its own calls only, and the probabilities of a wrong decision in all
 * rounds add up to {@link ExperimentResult#ALPHA}. So with variants that are alike, or that differ
 * by less than the margin, the champion never changes with a probability of 95 %. A round ends
 * after {@link dev.serai.core.experiment.Rounds#maxCalls a number of calls}, because in a long one
 * a variant that becomes worse would be noticed late. Pure.
 */
public final class Promotion {
  private Promotion() {}

  /**
   * When the champion changes.
   *
   * @param margin by how much the calls of a challenger must be worth more
   * @param hold the shortest time of a round
   */
  public record Rules(double margin, Duration hold) {}

  /**
   * What the experiment becomes.
   *
   * @param calls of its round, the oldest first; copies do not count
   * @return empty if nothing changes
   */
  public static Optional<Experiment> next(
      Experiment experiment, List<ObservedCall> calls, Rules rules, long nowMillis) {
    if (!mayEnd(experiment, rules, nowMillis)) {
      return Optional.empty();
    }
    ExperimentResult result = new ExperimentResult(experiment, calls);
    Verdict verdict = result.verdict(rules.margin());
    if (verdict.action().equals("promote")) {
      return verdict.variant().map(name -> experiment.promoted(name, nowMillis));
    }
    return result.compared() < experiment.rounds().maxCalls()
        ? Optional.empty()
        : Optional.of(experiment.nextRound(nowMillis));
  }

  /** Whether the round may end now, so that its calls are of use. */
  public static boolean mayEnd(Experiment experiment, Rules rules, long nowMillis) {
    return experiment.rounds().automatic()
        && experiment.status() == Status.RUNNING
        && nowMillis - experiment.rounds().sinceMillis() >= rules.hold().toMillis();
  }
}
