package dev.serai.config.state;

import dev.serai.config.annotation.Range;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Memory objects of {@code /v1/memory}.
 *
 * @param quotaMegabytes how much each tenant may store; what would exceed it is refused with 507
 * @param cacheTtl how long an object with {@code "cache": true} is stored whose request has no
 *     {@code ttl_seconds}
 */
public record MemorySettings(
    @Range(min = 1, max = 1_000_000) int quotaMegabytes, Duration cacheTtl) {
  /**
   * @throws IllegalArgumentException if the time is not one second to ten years
   */
  public MemorySettings {
    new DurationFaults()
        .within("cacheTtl", cacheTtl, Duration.ofSeconds(1), Duration.ofDays(3660))
        .throwIfAny();
  }

  /** How much each tenant may store, in bytes. */
  public long quotaBytes() {
    return quotaMegabytes * StateSettings.MEGABYTE;
  }

  /** 1 GB for each tenant; an hour. */
  public static MemorySettings defaults() {
    return new MemorySettings(1024, Duration.ofHours(1));
  }
}
