package dev.serai.core.experiment;

import dev.serai.core.experiment.Experiment.Status;
import dev.serai.core.experiment.Experiment.Unit;
import dev.serai.core.problem.CallerProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request to create or change an experiment says. An empty member was not given. Immutable.
 *
 * @param model the name whose calls are divided
 * @param automatic whether a better challenger becomes the champion by itself
 */
public record ExperimentRequest(
    Optional<String> id,
    Optional<String> tenant,
    Optional<String> model,
    Optional<Unit> unit,
    Optional<Status> status,
    Optional<List<Variant>> variants,
    Optional<Boolean> automatic) {
  /** Reads the JSON of a request. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads a request.
     *
     * @param known the members that it may have
     * @throws CallerProblem 400 if it has others, or a value that cannot be used
     */
    ExperimentRequest read(byte[] json, Set<String> known);
  }

  /**
   * The experiment to be stored.
   *
   * @param ownTenant of the caller, if none is given
   * @throws CallerProblem 400 if a member is missing
   */
  public Experiment create(String ownTenant) {
    String asked = model.orElseThrow(() -> CallerProblem.invalid("model", "'model' is required."));
    List<Variant> all =
        variants.orElseThrow(() -> CallerProblem.invalid("variants", "'variants' is required."));
    return new Experiment(
        id.orElse(""),
        tenant.orElse(ownTenant),
        asked,
        unit.orElse(Unit.SESSION),
        status.orElse(Status.DRAFT),
        all,
        rounds(Rounds.MANUAL));
  }

  /**
   * The experiment with these changes.
   *
   * @throws CallerProblem 409 if they change more than weights and shares of copies of an
   *     experiment that has begun, or make it a draft again
   */
  public Experiment change(Experiment former) {
    Status now = status.orElse(former.status());
    List<Variant> all = variants.orElse(former.variants());
    boolean begun = former.status() != Status.DRAFT;
    if (begun && now == Status.DRAFT) {
      throw begun("An experiment that has begun cannot become a draft again.", "status");
    }
    if (begun && !former.hasVariantsLike(all)) {
      throw begun(
          "Of an experiment that has begun only the weights of variants can be changed, and how many"
              + " copies a variant with 'shadow' gets. Create another experiment for other variants.",
          "variants");
    }
    return new Experiment(
        former.id(),
        former.tenant(),
        former.model(),
        former.unit(),
        now,
        all,
        rounds(former.rounds()));
  }

  private Rounds rounds(Rounds former) {
    return new Rounds(automatic.orElse(former.automatic()), former.number(), former.sinceMillis());
  }

  private static CallerProblem begun(String message, String member) {
    return new CallerProblem(409, "experiment_begun", message, Optional.of(member));
  }
}
