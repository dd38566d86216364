package dev.serai.memory.sessions;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionStore.Key;
import dev.serai.core.summary.BytePacker;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import dev.serai.memory.database.DatabaseReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The summaries of sessions in the database, with the connections of their sessions. Thread-safe.
 */
final class DatabaseSummaryStore implements SummaryStore {
  private final DatabaseReader reader;
  private final SessionWriter writer;
  private final BytePacker packer;

  DatabaseSummaryStore(DatabaseReader reader, SessionWriter writer, BytePacker packer) {
    this.reader = reader;
    this.writer = writer;
    this.packer = packer;
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
    return reader.read(
        connection -> MessageTable.between(new PackedTexts(connection, key, packer), after, upTo));
  }

  @Override
  public Optional<State> unpacked(Key key) {
    writer.await(key);
    List<Row> rows = reader.read(connection -> MessageTable.unpacked(connection, key));
    return rows.isEmpty() ? Optional.empty() : Optional.of(new State(Optional.empty(), rows));
  }

  @Override
  public OptionalLong pack(Key key, List<SessionMessage> messages) {
    List<SessionMessage> loose =
        messages.stream().filter(message -> !message.content().pinned()).toList();
    if (loose.isEmpty()) {
      return OptionalLong.empty();
    }
    PackedTexts.Bundle bundle = PackedTexts.pack(loose, packer);
    boolean packed = writer.run(bundle.data().length, changes -> changes.pack(key, bundle));
    return packed ? OptionalLong.of(bundle.saved()) : OptionalLong.empty();
  }

  @Override
  public boolean save(Key key, SessionSummary summary) {
    return writer.run(0, transaction -> transaction.summarise(key, summary));
  }
}
