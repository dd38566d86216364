package dev.serai.core.experiment;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Stores experiments. A change is stored for good when its method returns, and applies at once in
 * this gateway and within five seconds in others with the same database. Every method blocks, and
 * throws {@link CapacityProblem} if the database is unavailable. Thread-safe.
 */
public interface ExperimentStore {
  /**
   * Stores an experiment.
   *
   * @param wanted its ID may be empty; then it gets one
   * @throws CallerProblem 409 if there is an experiment of that ID, if there are too many, or if
   *     another one runs for the model of the tenant and this one is to run
   */
  Experiment create(Experiment wanted);

  /** The experiment of that ID. */
  Optional<Experiment> find(String id);

  /** A page of them, the newest first. */
  List<Experiment> list(KeyQuery query);

  /**
   * Changes an experiment; empty if none has that ID.
   *
   * @param change may throw, then nothing is changed
   * @throws CallerProblem 409 if another one runs for the model of the tenant and this one is to
   *     run
   */
  Optional<Experiment> change(String id, UnaryOperator<Experiment> change);

  /**
   * Removes an experiment; false if none has that ID.
   *
   * @throws CallerProblem 409 if it runs
   */
  boolean delete(String id);
}
