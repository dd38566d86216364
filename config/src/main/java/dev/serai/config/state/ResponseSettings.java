package dev.serai.config.state;

import dev.serai.config.read.Range;
import java.time.Duration;

/**
 * Responses that callers want kept, of {@code /v1/responses}.
 *
 * @param retention how long a conversation is kept after its last response
 * @param databaseMegabytes the most that they take in the database; above that the conversations
 *     that were silent longest go; with 0 nothing is in the database, and all is gone when the
 *     gateway stops
 * @param memoryMegabytes the most that is held in memory too, to be found at once
 */
public record ResponseSettings(
    Duration retention,
    @Range(min = 0, max = 1_000_000) int databaseMegabytes,
    @Range(min = 1, max = 16_384) int memoryMegabytes) {
  public ResponseSettings {
    if (retention.toSeconds() < 1 || retention.toDays() > 3660) {
      throw new IllegalArgumentException("retention from 1s to ten years is allowed");
    }
  }

  /** Thirty days, as at OpenAI; a gigabyte; 64 megabytes of it in memory. */
  public static ResponseSettings defaults() {
    return new ResponseSettings(Duration.ofDays(30), 1024, 64);
  }
}
