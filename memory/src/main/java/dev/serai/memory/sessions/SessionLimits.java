package dev.serai.memory.sessions;

import dev.serai.core.session.Session;
import java.time.Duration;
import java.time.Instant;

/**
 * The limits of stored sessions.
 *
 * @param life how long after its last use a session expires that names no time
 * @param retention how long an expired session can be read
 * @param maxSessions of a tenant
 * @param maxMessages of a session
 * @param maxBytes of the messages of a session
 * @param maxWaitingBytes about the most memory of all changes and turns that wait for the database
 */
public record SessionLimits(
    Duration life,
    Duration retention,
    int maxSessions,
    int maxMessages,
    long maxBytes,
    long maxWaitingBytes) {
  /** Whether a session has been expired for so long that it counts as deleted. */
  boolean isOver(Session session, Instant now) {
    return !session.expires().plus(retention).isAfter(now);
  }
}
