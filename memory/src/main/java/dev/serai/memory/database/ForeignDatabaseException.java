package dev.serai.memory.database;

import java.sql.SQLException;

/** The database belongs to another program. The message is for the operator. */
final class ForeignDatabaseException extends SQLException {
  private static final long serialVersionUID = 1L;

  ForeignDatabaseException(String message) {
    super(message);
  }
}
