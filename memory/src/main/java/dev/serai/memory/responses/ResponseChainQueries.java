package dev.serai.memory.responses;

import dev.serai.core.responses.StoredResponseReader.SavedForm;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a stored response with all those that it continues. Pure except for the connection. */
final class ResponseChainQueries {
  /** The maximum number of responses that are read for one. */
  private static final int MAX_CHAIN = 10_000;

  private ResponseChainQueries() {}

  /**
   * A stored response.
   *
   * @param from the ids of those that it continues directly
   */
  record Row(SavedForm written, List<String> from) {}

  /** The id of the response that contains an item; empty if there is none. */
  static Optional<String> ownerOf(Connection connection, String tenant, String item)
      throws SQLException {
    String sql = "SELECT response_id FROM kept_item WHERE tenant = ? AND item_id = ?";
    return Sql.text(connection, sql, tenant, item);
  }

  /** A response and all those that it continues, by id; empty if it does not exist or is hidden. */
  static Map<String, Row> read(Connection connection, String tenant, String id, long now)
      throws SQLException {
    if (!isShown(connection, tenant, id, now)) {
      return Map.of();
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(id));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty() && rows.size() < MAX_CHAIN) {
      String next = open.pop();
      Optional<SavedForm> written = written(connection, tenant, next);
      if (written.isEmpty()) {
        continue;
      }
      List<String> from = ResponseTable.previousIds(connection, tenant, next);
      rows.put(next, new Row(written.get(), from));
      from.stream().filter(seen::add).forEach(open::push);
    }
    return rows;
  }

  private static boolean isShown(Connection connection, String tenant, String id, long now)
      throws SQLException {
    String sql =
        "SELECT r.id FROM kept_response r JOIN kept_conversation c"
            + " ON c.tenant = r.tenant AND c.id = r.conversation"
            + " WHERE r.tenant = ? AND r.id = ? AND r.hidden = 0 AND c.until_ms > ?";
    return Sql.text(connection, sql, tenant, id, now).isPresent();
  }

  private static Optional<SavedForm> written(Connection connection, String tenant, String id)
      throws SQLException {
    String sql = "SELECT provider, request, answer FROM kept_response WHERE tenant = ? AND id = ?";
    try (PreparedStatement statement = Sql.bound(connection, sql, tenant, id);
        ResultSet found = statement.executeQuery()) {
      if (!found.next()) {
        return Optional.empty();
      }
      Optional<String> provider = Optional.ofNullable(found.getString(1));
      return Optional.of(new SavedForm(id, provider, found.getBytes(2), found.getBytes(3)));
    }
  }
}
