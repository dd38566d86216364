package dev.serai.core.features;

/**
 * The kind of work that a request seems to be.
 *
 * @param confidence from 0 to 1: about the share of such guesses that are right; 1 if stated
 * @param stated whether the caller said so
 */
public record TaskGuess(TaskCluster cluster, double confidence, boolean stated) {
  /** What the caller said. */
  static TaskGuess stated(TaskCluster cluster) {
    return new TaskGuess(cluster, 1, true);
  }
}
