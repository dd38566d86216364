package dev.serai.config.state;

import dev.serai.config.annotation.Range;
import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Stored sessions of {@code /v1/sessions}.
 *
 * @param lifetime how long after its last use a session expires whose request has no {@code
 *     ttl_seconds}
 * @param retention how long a session can be read after it has expired; then it is deleted
 * @param maxSessions how many sessions a tenant may have; more are refused with 409
 * @param maxMessages how many messages a session may have; the oldest are removed for new ones
 * @param maxMegabytes how large the messages of a session may be together; the oldest are removed
 *     for new ones
 * @param maxContextTokens about how many tokens of its session a call gets; older messages are left
 *     out
 * @param compression what the older messages of long sessions become
 */
public record SessionSettings(
    Duration lifetime,
    Duration retention,
    @Range(min = 1, max = 1_000_000) int maxSessions,
    @Range(min = 2, max = 100_000) int maxMessages,
    @Range(min = 2, max = 1024) int maxMegabytes,
    @Range(min = 100, max = 2_000_000) int maxContextTokens,
    CompressionSettings compression) {
  /**
   * @throws IllegalArgumentException if the life time is not one second to ten years, or the
   *     retention is longer
   */
  public SessionSettings {
    new DurationFaults()
        .within("lifetime", lifetime, Duration.ofSeconds(1), Duration.ofDays(3660))
        .within("retention", retention, Duration.ZERO, Duration.ofDays(3660))
        .throwIfAny();
  }

  /** How large the messages of a session may be together, in bytes. */
  public long maxBytes() {
    return maxMegabytes * StateSettings.MEGABYTE;
  }

  /**
   * 24 hours, readable for a week more; 10,000 sessions of 10,000 messages and 16 MB; calls get
   * 8,000 tokens; no compression.
   */
  public static SessionSettings defaults() {
    return new SessionSettings(
        Duration.ofHours(24),
        Duration.ofDays(7),
        10_000,
        10_000,
        16,
        8000,
        CompressionSettings.defaults());
  }
}
