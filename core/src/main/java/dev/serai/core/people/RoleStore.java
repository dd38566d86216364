package dev.serai.core.people;

import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;

/** Stores roles, which every tenant can use. A role that is stored does not change. Thread-safe. */
public interface RoleStore {
  /** Reads the JSON of a request to create a role. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads a request.
     *
     * @throws CallerProblem 400 if it cannot be used
     */
    Role read(byte[] json);
  }

  /**
   * The built-in roles, those of the settings and those that are stored, as they were read last.
   * Never blocks.
   */
  Roles known();

  /**
   * Stores a role for good. It can be used at once in this gateway, and within five seconds in
   * others with the same database.
   *
   * @throws CallerProblem 409 if the name is taken, or if too many are stored
   * @throws CapacityProblem 503 if the database is unavailable
   */
  Role create(Role wanted);

  /**
   * Removes a stored role; false if none of that name is stored.
   *
   * @throws CallerProblem 409 if API keys or users have it
   * @throws CapacityProblem 503 if the database is unavailable
   */
  boolean delete(String name);
}
