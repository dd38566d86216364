package dev.serai.memory.responses;

import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponseReader;
import dev.serai.core.responses.StoredResponses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes stored responses from database rows: first those that continue nothing, then those that
 * continue them. One instance for each chain; not thread-safe.
 */
final class ResponseChainBuilder implements StoredResponses {
  private final Map<String, ResponseChainQueries.Row> rows;
  private final StoredResponseReader reader;
  private final Map<String, StoredResponse> byId = new HashMap<>();
  private final Map<String, StoredResponse> byItem = new HashMap<>();

  ResponseChainBuilder(Map<String, ResponseChainQueries.Row> rows, StoredResponseReader reader) {
    this.rows = rows;
    this.reader = reader;
  }

  /** The response with all those that it continues; empty if one of them is missing. */
  Optional<StoredResponse> of(String id) {
    Deque<String> open = new ArrayDeque<>();
    Set<String> begun = new HashSet<>();
    open.push(id);
    while (!open.isEmpty()) {
      String next = open.peek();
      ResponseChainQueries.Row row = rows.get(next);
      if (row == null || byId.containsKey(next)) {
        open.pop();
      } else if (begun.add(next)) {
        row.from().forEach(open::push);
      } else {
        open.pop();
        reader.read(row.written(), this).ifPresent(this::store);
      }
    }
    return find(id);
  }

  @Override
  public void store(StoredResponse response) {
    byId.put(response.id(), response);
    response.itemIds().forEach(item -> byItem.put(item, response));
  }

  @Override
  public Optional<StoredResponse> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public Optional<StoredResponse> findByItem(String itemId) {
    return Optional.ofNullable(byItem.get(itemId));
  }

  @Override
  public boolean delete(String id) {
    return byId.remove(id) != null;
  }
}
