package dev.serai.processors.management;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/** Reads whole numbers of a query. Pure. */
public final class QueryNumber {
  private static final int MAX_DIGITS = 18;

  private QueryNumber() {}

  /**
   * The parameter {@code limit}: how many items a page has.
   *
   * @param written its value, if the query has it
   * @param usual the limit without one
   * @throws CallerProblem 400 if it is not a number from 1 to {@code max}
   */
  public static int limit(Optional<String> written, int usual, int max) {
    return written.isEmpty() ? usual : (int) read("limit", written.get(), max);
  }

  /**
   * A number from 1 to {@code max}.
   *
   * @throws CallerProblem 400 if it is none
   */
  public static long read(String name, String written, long max) {
    long number = isNumber(written) ? Long.parseLong(written) : 0;
    if (number < 1 || number > max) {
      throw CallerProblem.invalid(name, "'" + name + "' must be a number from 1 to " + max + ".");
    }
    return number;
  }

  /** ASCII digits only: {@link Character#isDigit} takes those of other scripts too. */
  private static boolean isNumber(String written) {
    return !written.isEmpty()
        && written.length() <= MAX_DIGITS
        && written.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
