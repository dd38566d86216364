package dev.serai.config.state;

import dev.serai.config.read.Range;
import dev.serai.config.read.Secret;
import java.nio.file.Path;

/**
 * What Serai keeps: the ledger of usage, and responses.
 *
 * @param folder where SQLite's file and the ledger's journal are; it is made if it is not there
 * @param databaseUrl sqlite, sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/NAME
 * @param journalMegabytes the most that usage may take on the disk while the database is away; when
 *     it is full, calls are refused
 * @param responses responses that callers want kept
 */
public record StateSettings(
    Path folder,
    Secret databaseUrl,
    @Range(min = 8, max = 1_000_000) int journalMegabytes,
    ResponseSettings responses) {
  /** SQLite in {@code ./.serai}; half a gigabyte, about 2.5 million calls. */
  public static StateSettings defaults() {
    return new StateSettings(
        Path.of(".serai"), new Secret("sqlite"), 512, ResponseSettings.defaults());
  }
}
