package dev.serai.config.state;

import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * The part of the cache that compares questions by their meaning.
 *
 * @param embeddings what they are compared with: {@code minilm} for the model all-MiniLM-L6-v2 in
 *     this process, whose module {@code ./serai run --with minilm} adds; {@code none} for calls to
 *     use the mode {@code semantic} as {@code read_write}. A change needs a restart
 * @param threshold how near two questions must be at least: the cosine of their embeddings
 * @param maxTemperature the highest temperature of calls that are compared, unless they ask for
 *     {@code semantic} themselves
 * @param timeLimit how long a call waits for its embedding; then it goes on without
 */
public record SemanticCacheSettings(
    Embeddings embeddings, double threshold, double maxTemperature, Duration timeLimit) {
  /**
   * @throws IllegalArgumentException if a number is not 0 to 1, or the time is not 1 ms to 5
   *     seconds
   */
  public SemanticCacheSettings {
    requireShare("threshold", threshold);
    requireShare("max_temperature", maxTemperature);
    new DurationFaults()
        .within("timeLimit", timeLimit, Duration.ofMillis(1), Duration.ofSeconds(5))
        .throwIfAny();
  }

  /** No embeddings; 0.85, at most a temperature of 0.5, and 100 ms. */
  public static SemanticCacheSettings defaults() {
    return new SemanticCacheSettings(Embeddings.NONE, 0.85, 0.5, Duration.ofMillis(100));
  }

  private static void requireShare(String member, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(member + " must be 0 to 1, but is " + value);
    }
  }
}
