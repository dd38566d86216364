package dev.serai.memory.database;

import java.time.Duration;

/**
 * How long to wait for a database that does not respond.
 *
 * @param connect until a connection is open
 * @param write for the response to a statement that writes
 * @param read until a query has its result, the wait for its turn included
 */
public record DatabaseTimeouts(Duration connect, Duration write, Duration read) {
  /** The defaults: 5, 30 and 10 seconds. */
  public static final DatabaseTimeouts DEFAULT =
      new DatabaseTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(10));
}
