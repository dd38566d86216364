package dev.serai.core.routing;

import dev.serai.core.experiment.assigned.Assignment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How the first candidate of a plan was chosen among several, to be recorded. It only refers to
 * what the choice has made anyway: nothing is computed until it is recorded. Immutable.
 *
 * @param strategy the label of the {@link Strategy} that ordered the targets, or "preferences"
 * @param source what has set the strategy
 * @param choice why the first candidate is first
 * @param targets among which the strategy chose, the first one first
 * @param draw what a bandit has drawn, if it decided; it is about the first candidate only if the
 *     choice is {@link Choice#PRIMARY} or {@link Choice#EXPLORE}
 * @param chance computes the propensity, in some microseconds
 * @param assignment of the experiment that the call takes part in
 */
public record Decision(
    String strategy,
    Source source,
    Choice choice,
    List<Candidate> targets,
    Optional<Draw> draw,
    DoubleSupplier chance,
    Optional<Assignment> assignment) {
  /** The strategy of a request that says what it prefers and names none. */
  public static final String PREFERENCES = "preferences";

  /** The decision of a call that takes part in no experiment. */
  public Decision(
      String strategy,
      Source source,
      Choice choice,
      List<Candidate> targets,
      Optional<Draw> draw,
      DoubleSupplier chance) {
    this(strategy, source, choice, targets, draw, chance, Optional.empty());
  }

  /** What sets the strategy of a call. */
  public enum Source {
    REQUEST,
    TENANT,
    ALIAS,
    SETTINGS;

    /** Its name in the ledger and in spans. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why a candidate is the first of its plan. */
  public enum Choice {
    /** The strategy puts it first. */
    PRIMARY,
    /** A bandit explores it: another one is the best as far as is known. */
    EXPLORE,
    /** It has the conversation in its prompt cache. */
    CACHED,
    /** It stores the response that the request continues. */
    STORED,
    /** Another part of the gateway has replaced the first candidates, such as a spent budget. */
    REPLACED;

    /** Its name in the ledger and in spans. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The probability with which the first candidate was to be chosen; not a number if it is not
   * known.
   */
  public double propensity() {
    return chance.getAsDouble();
  }

  /** The same decision, of which another candidate came first in the end. */
  Decision changed(Choice why) {
    return new Decision(strategy, source, why, targets, draw, () -> Double.NaN, assignment);
  }

  /** The same decision for a call that takes part in an experiment, which knows no propensity. */
  Decision of(Assignment made) {
    return new Decision(
        strategy, source, choice, targets, draw, () -> Double.NaN, Optional.of(made));
  }

  /** The draw, if the bandit's choice is the first candidate. */
  Optional<Draw> followed() {
    return choice == Choice.PRIMARY || choice == Choice.EXPLORE ? draw : Optional.empty();
  }
}
