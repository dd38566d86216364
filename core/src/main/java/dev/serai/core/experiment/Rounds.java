package dev.serai.core.experiment;

/**
 * The rounds of an experiment. In each the variants are compared anew: a round ends when another
 * variant becomes the champion, or when it has had its calls. Immutable.
 *
 * @param automatic whether a better challenger becomes the champion by itself
 * @param number of the current round, from 1
 * @param sinceMillis when it began, in milliseconds since 1970; older calls do not count; 0 if all
 *     calls count
 */
public record Rounds(boolean automatic, int number, long sinceMillis) {
  /** The first round of an experiment whose champion changes by hand only. */
  public static final Rounds MANUAL = new Rounds(false, 1, 0);

  private static final int MAX_CALLS_AUTOMATIC = 20_000;
  private static final int MAX_CALLS_MANUAL = 100_000;
  private static final double SUM_OF_SQUARES = Math.PI * Math.PI / 6; // 1 + 1/4 + 1/9 + ...

  /**
   * How many calls of a round count: its oldest ones. An automatic round ends after so many,
   * because in a long one a variant that becomes worse would be noticed late.
   */
  public int maxCalls() {
    return automatic ? MAX_CALLS_AUTOMATIC : MAX_CALLS_MANUAL;
  }

  /** The next one, which begins now. */
  Rounds next(long nowMillis) {
    return new Rounds(automatic, number + 1, nowMillis);
  }

  /**
   * The highest probability of a wrong decision in this round. Those of all rounds together are the
   * total, however many there are.
   *
   * @param total of the whole experiment
   */
  public double share(double total) {
    return automatic ? total / SUM_OF_SQUARES / number / number : total;
  }
}
