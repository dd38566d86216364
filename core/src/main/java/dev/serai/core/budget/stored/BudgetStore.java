package dev.serai.core.budget.stored;

import dev.serai.core.budget.Budget;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Stores budgets. A change is stored for good when its method returns, and applies at once in this
 * gateway and within five seconds in others with the same database. Every method blocks, and throws
 * {@link CapacityProblem} if the database is unavailable. Thread-safe.
 */
public interface BudgetStore {
  /**
   * Stores a budget.
   *
   * @param wanted its ID may be empty; then it gets one
   * @throws CallerProblem 409 if there is a stored budget of that ID, or if there are too many
   */
  Budget create(Budget wanted);

  /** The stored budget of that ID. */
  Optional<Budget> find(String id);

  /**
   * Changes a budget; empty if none is stored with that ID.
   *
   * @param change may throw, then nothing is changed
   */
  Optional<Budget> change(String id, UnaryOperator<Budget> change);

  /** Removes a budget; false if none is stored with that ID. */
  boolean delete(String id);
}
