package dev.serai.core.fair.rules;

/**
 * Bounds of the window of a provider's model.
 *
 * @param min the least that may run at once, at least 1
 * @param first how many may run at once before anything is known
 * @param max the most that may run at once
 * @param latencyTolerance how many times its lowest value the latency may be before the window
 *     shrinks; 0 for any
 */
public record WindowRules(int min, int first, int max, double latencyTolerance) {
  /**
   * @throws IllegalArgumentException unless 1 <= min <= first <= max
   */
  public WindowRules {
    if (min < 1 || first < min || max < first) {
      throw new IllegalArgumentException("a window needs 1 <= min <= first <= max");
    }
  }
}
