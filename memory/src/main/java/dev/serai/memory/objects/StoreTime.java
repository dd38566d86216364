package dev.serai.memory.objects;

import dev.serai.memory.database.DatabaseClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time that memory objects are stored with and expire by. Gateways with one database have its
 * time, because their own clocks may differ: each transaction asks the database, and between two a
 * gateway adds what it was ahead. Thread-safe.
 */
public final class StoreTime {
  private final InstantSource clock;
  private final Source source;
  private volatile long aheadMillis;

  /** Tells the time on a connection. */
  private interface Source {
    long millis(Connection connection) throws SQLException;
  }

  private StoreTime(InstantSource clock, Source source) {
    this.clock = clock;
    this.source = source;
  }

  /**
   * The time of the database.
   *
   * @param clock of the gateway
   */
  public static StoreTime ofDatabase(InstantSource clock) {
    return new StoreTime(clock, DatabaseClock::millis);
  }

  /** The time of a clock, whatever the database has. */
  public static StoreTime of(InstantSource clock) {
    return new StoreTime(clock, _ -> clock.millis());
  }

  /** The time now, as far as is known without asking the database. */
  long millis() {
    return clock.millis() + aheadMillis;
  }

  /**
   * The time now.
   *
   * @throws SQLException if the database does not reply
   */
  Instant ask(Connection connection) throws SQLException {
    long millis = source.millis(connection);
    aheadMillis = millis - clock.millis();
    return Instant.ofEpochMilli(millis);
  }
}
