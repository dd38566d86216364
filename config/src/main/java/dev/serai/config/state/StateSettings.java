package dev.serai.config.state;

import dev.serai.config.read.Range;
import dev.serai.config.read.Secret;
import java.nio.file.Path;

/**
 * What Serai stores: the ledger of usage, and responses.
 *
 * @param folder the folder of SQLite's file and the ledger's journal; it is created if missing
 * @param databaseUrl {@code sqlite}, {@code sqlite:FILE} or {@code
 *     postgres://USER:PASSWORD@HOST:PORT/NAME}; a database that only {@code DATABASE_URL} names
 *     must be empty or have Serai's tables
 * @param journalMegabytes size limit of the journal, which holds usage on disk while the database
 *     is unavailable; when it is full, calls are refused
 * @param auditMegabytes size limit of the audit log; when it is full, requests that change the
 *     gateway are refused
 * @param responses stored responses
 */
public record StateSettings(
    Path folder,
    Secret databaseUrl,
    @Range(min = 8, max = 1_000_000) int journalMegabytes,
    @Range(min = 1, max = 100_000) int auditMegabytes,
    ResponseSettings responses) {
  static final long MEGABYTE = 1024 * 1024;

  /** The size limit of the journal in bytes. */
  public long journalBytes() {
    return journalMegabytes * MEGABYTE;
  }

  /** The size limit of the audit log in bytes. */
  public long auditBytes() {
    return auditMegabytes * MEGABYTE;
  }

  /**
   * SQLite in {@code ./.serai}; a journal of 512 MB, about 2.5 million calls; an audit log of 256
   * MB, about 500,000 entries.
   */
  public static StateSettings defaults() {
    return new StateSettings(
        Path.of(".serai"), new Secret("sqlite"), 512, 256, ResponseSettings.defaults());
  }
}
