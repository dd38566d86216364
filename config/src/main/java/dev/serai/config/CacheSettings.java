package dev.serai.config;

import dev.serai.config.annotation.Range;
import dev.serai.config.state.MemorySettings.Embeddings;
import dev.serai.config.state.SemanticCacheSettings;
import dev.serai.core.request.CacheMode;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * The cache of responses of chat calls.
 *
 * @param mode how calls use it that do not say so
 * @param ttl how long a response is stored
 * @param memoryMegabytes size limit of all of them, at most a sixteenth of the largest heap; those
 *     that were not used for the longest time are removed first
 * @param semantic questions that mean the same
 */
public record CacheSettings(
    CacheMode mode,
    Duration ttl,
    @Range(min = 1, max = 16_384) int memoryMegabytes,
    SemanticCacheSettings semantic) {
  private static final long MEGABYTE = 1024 * 1024;

  /**
   * @throws IllegalArgumentException if the time is not one second to 30 days
   */
  public CacheSettings {
    new DurationFaults()
        .within("ttl", ttl, Duration.ofSeconds(1), Duration.ofDays(30))
        .refuseIf(
            mode == CacheMode.SEMANTIC && semantic.embeddings() == Embeddings.NONE,
            "mode semantic needs semantic.embeddings: minilm")
        .throwIfAny();
  }

  /** The size limit, in bytes: calls that run need most of the heap. */
  public long memoryBytes() {
    return Math.min(memoryMegabytes * MEGABYTE, Runtime.getRuntime().maxMemory() / 16);
  }

  /** Only calls that ask for it use the cache. An hour, 64 MB. */
  public static CacheSettings defaults() {
    return new CacheSettings(
        CacheMode.OFF, Duration.ofHours(1), 64, SemanticCacheSettings.defaults());
  }
}
