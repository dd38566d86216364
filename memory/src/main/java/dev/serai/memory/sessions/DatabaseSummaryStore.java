package dev.serai.memory.sessions;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import dev.serai.memory.database.DatabaseReader;
import java.util.List;
import java.util.Optional;

/**
 * The summaries of sessions in the database, with the connections of their sessions. Thread-safe.
 */
final class DatabaseSummaryStore implements SummaryStore {
  private final DatabaseReader reader;
  private final SessionWriter writer;

  DatabaseSummaryStore(DatabaseReader reader, SessionWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public Optional<SessionSummary> find(Key key) {
    return reader.read(connection -> SummaryTable.find(connection, key));
  }

  @Override
  public Optional<State> state(Key key) {
    writer.await(key);
    return reader.read(
        connection -> {
          Optional<SessionSummary> summary = SummaryTable.find(connection, key);
          long after = summary.map(SessionSummary::upTo).orElse(0L);
          List<Row> rows = MessageTable.rows(connection, key, after);
          return rows.isEmpty() ? Optional.empty() : Optional.of(new State(summary, rows));
        });
  }

  @Override
  public List<SessionMessage> messages(Key key, long after, long upTo) {
    return reader.read(connection -> MessageTable.between(connection, key, after, upTo));
  }

  @Override
  public boolean save(Key key, SessionSummary summary) {
    return writer.run(0, transaction -> transaction.summarise(key, summary));
  }
}
