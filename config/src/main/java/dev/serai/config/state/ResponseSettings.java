package dev.serai.config.state;

import dev.serai.config.annotation.Range;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Stored responses of {@code /v1/responses}.
 *
 * @param retention how long a conversation is stored after its last response
 * @param databaseMegabytes size limit in the database; above it the conversations that were idle
 *     longest are deleted; 0 stores responses in memory only, until the gateway stops
 * @param memoryMegabytes size limit of the responses that are held in memory for fast access; at
 *     most a sixteenth of the largest heap
 */
public record ResponseSettings(
    Duration retention,
    @Range(min = 0, max = 1_000_000) int databaseMegabytes,
    @Range(min = 1, max = 16_384) int memoryMegabytes) {
  /**
   * @throws IllegalArgumentException if the retention is not one second to ten years
   */
  public ResponseSettings {
    new DurationFaults()
        .within("retention", retention, Duration.ofSeconds(1), Duration.ofDays(3660))
        .throwIfAny();
  }

  /** The size limit in the database, in bytes. */
  public long databaseBytes() {
    return databaseMegabytes * StateSettings.MEGABYTE;
  }

  /** The size limit in memory, in bytes: calls that run need most of the heap. */
  public long memoryBytes() {
    return Math.min(
        memoryMegabytes * StateSettings.MEGABYTE, Runtime.getRuntime().maxMemory() / 16);
  }

  /** 30 days, as OpenAI does; 1 GB in the database, at most 64 MB in memory. */
  public static ResponseSettings defaults() {
    return new ResponseSettings(Duration.ofDays(30), 1024, 64);
  }
}
