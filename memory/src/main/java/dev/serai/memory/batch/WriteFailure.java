package dev.serai.memory.batch;

import java.sql.SQLException;
import java.util.Set;

/** Why a batch could not be written. */
enum WriteFailure {
  /** An entry cannot be written, now or later. */
  ENTRY,
  /** It conflicted with another transaction. */
  COLLISION,
  /** The database does not accept any writes at present. */
  DATABASE;

  /** Classes of SQLSTATE: data exception, integrity constraint violation, limit exceeded. */
  private static final Set<String> ENTRY_CLASSES = Set.of("22", "23", "54");

  /** Result codes of SQLite: too big, constraint, mismatch, range. */
  private static final Set<Integer> ENTRY_CODES = Set.of(18, 19, 20, 25);

  /**
   * An unchecked exception is taken for a fault of an entry, which the code could not handle. An
   * unknown failure of the database is not, so that no entry is set aside that could be written
   * later.
   */
  static WriteFailure of(Exception why) {
    WriteFailure found = why instanceof SQLException ? DATABASE : ENTRY;
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure && of(failure) != DATABASE) {
        found = of(failure);
      }
    }
    return found;
  }

  private static WriteFailure of(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return ENTRY_CODES.contains(failure.getErrorCode() & 0xff) ? ENTRY : DATABASE;
    }
    String family = state.substring(0, 2);
    if (family.equals("40")) {
      return COLLISION;
    }
    return ENTRY_CLASSES.contains(family) ? ENTRY : DATABASE;
  }
}
