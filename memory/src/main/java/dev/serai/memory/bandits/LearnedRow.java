package dev.serai.memory.bandits;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of what was learned.
 *
 * @param number rows are numbered in the order of their commits
 * @param name of the model
 * @param gateway the start of a gateway that has learned it; empty if it was folded of others
 * @param writtenMillis by the clock of the database; of a folded row, when the last one was
 * @param state as {@link dev.serai.core.bandit.BanditState#text} has it
 */
record LearnedRow(long number, String name, String gateway, long writtenMillis, String state) {
  static final String COLUMNS = "number, name, gateway, written_ms, state";

  static LearnedRow of(ResultSet row) throws SQLException {
    return new LearnedRow(
        row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5));
  }
}
