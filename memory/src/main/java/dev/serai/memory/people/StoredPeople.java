package dev.serai.memory.people;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.people.PeopleStore;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.database.TableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Stores entries of one kind in the database: reads on threads of their own, writes one after the
 * other. Thread-safe.
 *
 * @param <T> tenants or users
 */
abstract class StoredPeople<T> implements PeopleStore<T> {
  private final TableRows<T> rows;
  private final DatabaseReader reader;
  private final ChangeWriter writer;

  StoredPeople(TableRows<T> rows, DatabaseReader reader, ChangeWriter writer) {
    this.rows = rows;
    this.reader = reader;
    this.writer = writer;
  }

  /** Adds what the rows of entries lack. */
  List<T> complete(Connection connection, List<T> read) throws SQLException {
    return read;
  }

  /** Replaces the stored entry of the same ID. */
  abstract void update(Connection connection, T entry) throws SQLException;

  /** Makes changes in a transaction of their own. */
  final <R> R write(ChangeWriter.Change<R> change) {
    return writer.run(change);
  }

  final Optional<T> find(Connection connection, String id) throws SQLException {
    return complete(connection, rows.where(connection, "id = ?", id)).stream().findFirst();
  }

  @Override
  public final Optional<T> find(String id) {
    return reader.read(connection -> find(connection, id));
  }

  @Override
  public final List<T> list(KeyQuery query) {
    return reader.read(connection -> page(connection, query)).orElseThrow(KeyQuery::unknownAfter);
  }

  private Optional<List<T>> page(Connection connection, KeyQuery query) throws SQLException {
    Optional<List<T>> page = rows.list(connection, query);
    return page.isPresent() ? Optional.of(complete(connection, page.get())) : page;
  }

  @Override
  public final Optional<T> change(String id, UnaryOperator<T> change) {
    return write(
        connection -> {
          Optional<T> changed = find(connection, id).map(change);
          if (changed.isPresent()) {
            update(connection, changed.get());
          }
          return changed;
        });
  }
}
