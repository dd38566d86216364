package dev.serai.core.people;

import dev.serai.core.problem.CallerProblem;
import java.util.Set;

/** Reads the JSON of a request about a tenant or a user. Thread-safe. */
@FunctionalInterface
public interface PeopleRequestReader {
  /**
   * Reads a request.
   *
   * @param json the body; an empty one counts as an empty object
   * @param known names of the members that the request may have
   * @throws CallerProblem 400 if it has others, or a value that cannot be used
   */
  PeopleRequest read(byte[] json, Set<String> known);
}
