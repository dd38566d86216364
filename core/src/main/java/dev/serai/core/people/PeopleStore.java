package dev.serai.core.people;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Stores tenants, or users. A change is stored for good when its method returns, and applies at
 * once in this gateway and within five seconds in others with the same database. Every method
 * blocks, and throws {@link CapacityProblem} if the database is unavailable. Thread-safe.
 */
public interface PeopleStore<T> {
  /**
   * Stores a new one.
   *
   * @param wanted a user has no ID yet
   * @throws CallerProblem 409 if the name is taken
   */
  T create(T wanted);

  Optional<T> find(String id);

  /** A page, the newest first. */
  List<T> list(KeyQuery query);

  /**
   * Changes one; empty if there is none of that ID.
   *
   * @param change may throw, then nothing is changed
   */
  Optional<T> change(String id, UnaryOperator<T> change);

  /**
   * Removes one; false if there is none of that ID.
   *
   * @throws CallerProblem 409 if API keys name it
   */
  boolean delete(String id);
}
