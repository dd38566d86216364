package dev.serai.config.state;

import dev.serai.config.annotation.Range;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Memory objects of {@code /v1/memory}.
 *
 * @param store where they are: {@code database}; {@code redis} for the Redis of {@code redis_url};
 *     or {@code memory} for the heap of the gateway, where they are lost when it ends and other
 *     gateways do not see them
 * @param quotaMegabytes how much each tenant may store; what would exceed it is refused with 507
 * @param cacheTtl how long an object with {@code "cache": true} is stored whose request has no
 *     {@code ttl_seconds}
 * @param heapMegabytes with the store {@code memory}, how much all tenants together may store; what
 *     would exceed it is refused with 507
 * @param embeddings what objects are searched with by meaning, too: {@code minilm} for the model
 *     all-MiniLM-L6-v2 in this process, whose module {@code ./serai run --with minilm} adds
 */
public record MemorySettings(
    Store store,
    @Range(min = 1, max = 1_000_000) int quotaMegabytes,
    Duration cacheTtl,
    @Range(min = 1, max = 1_000_000) int heapMegabytes,
    Embeddings embeddings) {
  /** Where memory objects are. */
  public enum Store {
    DATABASE,
    REDIS,
    MEMORY
  }

  /** What makes the embeddings of objects. */
  public enum Embeddings {
    NONE,
    MINILM
  }

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

  /** How much all tenants may store in the heap, in bytes. */
  public long heapBytes() {
    return heapMegabytes * StateSettings.MEGABYTE;
  }

  /** The database; 1 GB for each tenant; an hour; 64 MB in the heap; no embeddings. */
  public static MemorySettings defaults() {
    return new MemorySettings(Store.DATABASE, 1024, Duration.ofHours(1), 64, Embeddings.NONE);
  }
}
