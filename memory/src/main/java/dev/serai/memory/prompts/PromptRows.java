package dev.serai.memory.prompts;

import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.memory.database.Sql;
import dev.serai.memory.database.TableRows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The rows of prompts and of their versions. Pure except for the connection. */
final class PromptRows {
  static final TableRows<Prompt> PROMPTS = new TableRows<>("prompt", "tenant", PromptRows::prompt);

  /** What a version of an empty text takes in the memory of a gateway, rounded up. */
  static final int BYTES_OF_VERSION = 2 * 1024;

  private PromptRows() {}

  static Optional<Prompt> find(Connection connection, String id) throws SQLException {
    return PROMPTS.where(connection, "id = ?", id).stream().findFirst();
  }

  static void insert(Connection connection, Prompt made, long now) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO prompt (id, tenant, name, description, archived, last_version, labels,"
            + " created_ms, created_by, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id(),
        made.tenant(),
        made.name(),
        made.description(),
        made.archived() ? 1 : 0,
        made.lastVersion(),
        lines(made.labels()),
        made.created().toEpochMilli(),
        made.createdBy(),
        now);
  }

  static void update(Connection connection, Prompt changed, long now) throws SQLException {
    Sql.run(
        connection,
        "UPDATE prompt SET description = ?, archived = ?, last_version = ?, labels = ?,"
            + " updated_ms = ? WHERE id = ?",
        changed.description(),
        changed.archived() ? 1 : 0,
        changed.lastVersion(),
        lines(changed.labels()),
        now,
        changed.id());
  }

  static void insert(Connection connection, String prompt, PromptVersion made) throws SQLException {
    Sql.run(
        connection,
        "INSERT INTO prompt_version (prompt, number, content, size_bytes, comment, created_ms,"
            + " created_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        prompt,
        made.number(),
        made.content(),
        size(made),
        made.comment(),
        made.created().toEpochMilli(),
        made.createdBy());
  }

  /** How many bytes a version counts: its texts, and its objects in the memory of gateways. */
  static long size(PromptVersion version) {
    return (long) version.content().getBytes(StandardCharsets.UTF_8).length
        + version.comment().getBytes(StandardCharsets.UTF_8).length
        + BYTES_OF_VERSION;
  }

  /** The versions that match a condition, whose parameters are these values. */
  static List<PromptVersion> versions(Connection connection, String condition, Object... values)
      throws SQLException {
    List<PromptVersion> found = new ArrayList<>();
    read(connection, (_, version) -> found.add(version), condition, values);
    return found;
  }

  /** The same, with the IDs of their prompts. */
  static void read(
      Connection connection,
      BiConsumer<String, PromptVersion> sink,
      String condition,
      Object... values)
      throws SQLException {
    String sql =
        "SELECT number, content, comment, created_ms, created_by, prompt FROM prompt_version WHERE "
            + condition;
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      while (row.next()) {
        sink.accept(
            row.getString(6),
            new PromptVersion(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getString(5)));
      }
    }
  }

  /** A number that a query counts or adds up. */
  static long number(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement read = Sql.bound(connection, sql, values);
        ResultSet row = read.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static Prompt prompt(ResultSet row) throws SQLException {
    return new Prompt(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("name"),
        row.getString("description"),
        row.getInt("archived") == 1,
        row.getInt("last_version"),
        labels(row.getString("labels")),
        Instant.ofEpochMilli(row.getLong("created_ms")),
        row.getString("created_by"));
  }

  private static String lines(SortedMap<String, Integer> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + '\t' + label.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static SortedMap<String, Integer> labels(String lines) {
    SortedMap<String, Integer> labels = new TreeMap<>();
    lines
        .lines()
        .map(line -> line.split("\t"))
        .forEach(pair -> labels.put(pair[0], Integer.parseInt(pair[1])));
    return labels;
  }
}
