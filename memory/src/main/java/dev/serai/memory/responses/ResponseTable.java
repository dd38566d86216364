package dev.serai.memory.responses;

import static dev.serai.memory.database.Sql.run;
import static dev.serai.memory.database.Sql.text;
import static dev.serai.memory.database.Sql.texts;

import dev.serai.core.responses.StoredResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Writes the tables of stored responses. Pure except for the connection.
 *
 * <p>Every transaction writes before it reads. In SQLite a transaction that begins with a write
 * waits for others, but one that begins with a read fails if another has written since.
 */
final class ResponseTable {
  private static final String BY_ID = " WHERE tenant = ? AND id = ?";

  private ResponseTable() {}

  /** When a response was stored, and until when it stays, in milliseconds since 1970. */
  record Times(long stored, long until) {}

  private record Place(String conversation, Times times) {}

  /** Adds a response unless it exists, and extends the life of its conversation. */
  static void add(Connection connection, String tenant, StoredResponse response, Times times)
      throws SQLException {
    addLinks(connection, tenant, response);
    String conversation = conversation(connection, tenant, response);
    if (!insert(connection, tenant, response, new Place(conversation, times))) {
      return;
    }
    addItems(connection, tenant, response);
    String renew =
        "INSERT INTO kept_conversation (tenant, id, until_ms, size_bytes) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (tenant, id) DO UPDATE SET until_ms = excluded.until_ms,"
            + " size_bytes = kept_conversation.size_bytes + excluded.size_bytes";
    run(connection, renew, tenant, conversation, times.until, size(response));
  }

  private static void addItems(Connection connection, String tenant, StoredResponse response)
      throws SQLException {
    for (String item : response.itemIds()) {
      String add = "INSERT INTO kept_item (tenant, item_id, response_id) VALUES (?, ?, ?)";
      run(connection, add + " ON CONFLICT DO NOTHING", tenant, item, response.id());
    }
  }

  private static void addLinks(Connection connection, String tenant, StoredResponse response)
      throws SQLException {
    for (String from : response.previousIds()) {
      String add = "INSERT INTO kept_link (tenant, response_id, from_id) VALUES (?, ?, ?)";
      run(connection, add + " ON CONFLICT DO NOTHING", tenant, response.id(), from);
    }
  }

  private static long size(StoredResponse response) {
    return (long) response.request().length + response.response().length;
  }

  /** The conversation that the response continues. If it continues several, they are merged. */
  private static String conversation(Connection connection, String tenant, StoredResponse response)
      throws SQLException {
    Optional<String> first = Optional.empty();
    for (String from : response.previousIds()) {
      Optional<String> known =
          text(connection, "SELECT conversation FROM kept_response" + BY_ID, tenant, from);
      if (first.isEmpty()) {
        first = known;
      } else if (known.isPresent() && !known.equals(first)) {
        merge(connection, tenant, known.get(), first.get());
      }
    }
    return first.orElse(response.id());
  }

  private static void merge(Connection connection, String tenant, String one, String into)
      throws SQLException {
    run(
        connection,
        "UPDATE kept_response SET conversation = ? WHERE tenant = ? AND conversation = ?",
        into,
        tenant,
        one);
    run(
        connection,
        "UPDATE kept_conversation SET size_bytes = size_bytes"
            + " + (SELECT size_bytes FROM kept_conversation WHERE tenant = ? AND id = ?)"
            + BY_ID,
        tenant,
        one,
        tenant,
        into);
    run(connection, "DELETE FROM kept_conversation" + BY_ID, tenant, one);
  }

  private static boolean insert(Connection connection, String tenant, StoredResponse r, Place place)
      throws SQLException {
    String sql =
        "INSERT INTO kept_response (tenant, id, conversation, provider, kept_ms, size_bytes,"
            + " request, answer) VALUES (?, ?, ?, NULLIF(?, ''), ?, ?, ?, ?) ON CONFLICT DO"
            + " NOTHING";
    int inserted =
        run(
            connection,
            sql,
            tenant,
            r.id(),
            place.conversation,
            r.provider().orElse(""),
            place.times.stored,
            size(r),
            r.request(),
            r.response());
    return inserted == 1;
  }

  /** The ids of the responses that one continues directly. */
  static List<String> previousIds(Connection connection, String tenant, String id)
      throws SQLException {
    String sql = "SELECT from_id FROM kept_link WHERE tenant = ? AND response_id = ?";
    return texts(connection, sql, tenant, id);
  }

  /** Hides a response, and removes it unless others continue it; false if it does not exist. */
  static boolean forget(Connection connection, String tenant, String id) throws SQLException {
    String hide = "UPDATE kept_response SET hidden = 1" + BY_ID + " AND hidden = 0";
    if (run(connection, hide, tenant, id) == 0) {
      return false;
    }
    run(connection, "DELETE FROM kept_item WHERE tenant = ? AND response_id = ?", tenant, id);
    removeUnneeded(connection, tenant, id);
    return true;
  }

  /** Removes hidden responses that no other continues, down the chain. */
  private static void removeUnneeded(Connection connection, String tenant, String id)
      throws SQLException {
    String unneeded =
        "SELECT conversation FROM kept_response"
            + BY_ID
            + " AND hidden = 1 AND NOT EXISTS (SELECT 1 FROM kept_link WHERE tenant = ? AND"
            + " from_id = ?)";
    Deque<String> open = new ArrayDeque<>(List.of(id));
    while (!open.isEmpty()) {
      String next = open.pop();
      Optional<String> of = text(connection, unneeded, tenant, next, tenant, next);
      if (of.isPresent()) {
        open.addAll(previousIds(connection, tenant, next));
        remove(connection, tenant, next, of.get());
      }
    }
  }

  private static void remove(Connection connection, String tenant, String id, String conversation)
      throws SQLException {
    run(
        connection,
        "UPDATE kept_conversation SET size_bytes = size_bytes"
            + " - (SELECT size_bytes FROM kept_response WHERE tenant = ? AND id = ?)"
            + BY_ID,
        tenant,
        id,
        tenant,
        conversation);
    run(connection, "DELETE FROM kept_link WHERE tenant = ? AND response_id = ?", tenant, id);
    run(connection, "DELETE FROM kept_response" + BY_ID, tenant, id);
    removeIfEmpty(connection, tenant, conversation);
  }

  private static void removeIfEmpty(Connection connection, String tenant, String conversation)
      throws SQLException {
    String empty =
        " AND NOT EXISTS (SELECT 1 FROM kept_response WHERE tenant = ? AND conversation = ?)";
    String remove = "DELETE FROM kept_conversation" + BY_ID + empty;
    run(connection, remove, tenant, conversation, tenant, conversation);
  }

  /** Removes expired conversations, and above this size the oldest ones. */
  static void sweep(Connection connection, long now, long maxBytes) throws SQLException {
    removeUntil(connection, now);
    String newestFirst =
        "SELECT until_ms, size_bytes FROM kept_conversation ORDER BY until_ms DESC";
    long size = 0;
    long until = Long.MIN_VALUE;
    try (PreparedStatement all = connection.prepareStatement(newestFirst)) {
      all.setFetchSize(1000);
      ResultSet found = all.executeQuery();
      while (size <= maxBytes && found.next()) {
        until = found.getLong(1);
        size += found.getLong(2);
      }
    }
    if (size > maxBytes) {
      removeUntil(connection, until);
    }
  }

  private static void removeUntil(Connection connection, long until) throws SQLException {
    String over = " IN (SELECT tenant, id FROM kept_conversation WHERE until_ms <= ?)";
    String remove =
        " WHERE (tenant, response_id) IN (SELECT tenant, id FROM kept_response"
            + " WHERE (tenant, conversation)"
            + over
            + ")";
    run(connection, "DELETE FROM kept_item" + remove, until);
    run(connection, "DELETE FROM kept_link" + remove, until);
    run(connection, "DELETE FROM kept_response WHERE (tenant, conversation)" + over, until);
    run(connection, "DELETE FROM kept_conversation WHERE until_ms <= ?", until);
  }
}
