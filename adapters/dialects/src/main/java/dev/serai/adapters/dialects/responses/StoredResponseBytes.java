package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.responses.StoredResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stored response: its bytes and those of its request, parsed only when needed. It holds
 * references to the responses that it continues, so that a conversation stays complete when a store
 * has evicted its beginning. Immutable.
 */
final class StoredResponseBytes implements StoredResponse {
  private static final byte[] ID = ascii("id");
  private static final byte[] OUTPUT = ascii("output");
  private static final int OVERHEAD = 512;

  private final String id;
  private final Optional<String> provider;
  private final byte[] request;
  private final byte[] response;
  private final PreviousResponses previous;
  private final List<String> itemIds;
  private final long weight;

  private StoredResponseBytes(
      Names names, Optional<String> provider, ResponsesRequest request, byte[] response) {
    this.id = names.id();
    this.itemIds = List.copyOf(names.itemIds());
    this.provider = provider;
    this.request = request.bytes();
    this.previous = request.previous();
    this.response = response;
    long bytes = OVERHEAD + this.request.length + response.length;
    for (StoredResponseBytes referred : previous.byItem().values()) {
      bytes += referred.weight;
    }
    weight = bytes + previous.before().map(StoredResponseBytes::weight).orElse(0L);
  }

  /** The ids of a response and of its items. */
  private record Names(String id, List<String> itemIds) {}

  /** Creates one from a valid response object; empty if it has no id. */
  static Optional<StoredResponseBytes> of(
      ResponsesRequest request, byte[] response, Optional<String> provider) {
    String id = "";
    List<String> itemIds = new ArrayList<>();
    JsonCursor cursor = new JsonCursor().over(response, 0, response.length);
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(ID) && cursor.peek() == '"') {
        id = cursor.text();
      } else if (cursor.nameIs(OUTPUT) && cursor.peek() == '[') {
        itemIds(cursor, itemIds);
      } else {
        cursor.skip();
      }
    }
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(new StoredResponseBytes(new Names(id, itemIds), provider, request, response));
  }

  private static void itemIds(JsonCursor cursor, List<String> ids) {
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (cursor.peek() != '{') {
        cursor.skip();
        continue;
      }
      cursor.enterObject();
      while (cursor.nextMember()) {
        if (cursor.nameIs(ID) && cursor.peek() == '"') {
          ids.add(cursor.text());
        } else {
          cursor.skip();
        }
      }
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<String> provider() {
    return provider;
  }

  @Override
  public byte[] request() {
    return request;
  }

  @Override
  public Set<String> previousIds() {
    Set<String> ids = new HashSet<>();
    previous.before().ifPresent(response -> ids.add(response.id));
    previous.byItem().values().forEach(response -> ids.add(response.id));
    return ids;
  }

  @Override
  public byte[] response() {
    return response;
  }

  @Override
  public List<String> itemIds() {
    return itemIds;
  }

  @Override
  public long weight() {
    return weight;
  }

  @Override
  public byte[] inputItems(Page page) {
    return ItemListWriter.write(id, asked(), page);
  }

  /** All items of the conversation up to and including this response. */
  List<JsonNode> items() {
    List<JsonNode> items = new ArrayList<>(asked());
    output().forEach(items::add);
    return items;
  }

  private List<JsonNode> asked() {
    Deque<StoredResponseBytes> way = new ArrayDeque<>();
    for (Optional<StoredResponseBytes> at = Optional.of(this);
        at.isPresent();
        at = at.get().previous.before()) {
      way.push(at.get());
    }
    List<JsonNode> items = new ArrayList<>();
    for (StoredResponseBytes each : way) {
      items.addAll(InputItems.of(StrictJson.tree(each.request), each.previous));
      if (each != this) {
        each.output().forEach(items::add);
      }
    }
    return items;
  }

  private JsonNode output() {
    return StrictJson.tree(response).path("output");
  }

  /** The output item with that id. */
  Optional<JsonNode> item(String itemId) {
    for (JsonNode item : output()) {
      if (item.path("id").asText("").equals(itemId)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  /** Without the content. */
  @Override
  public String toString() {
    return "response " + id + " (" + response.length + " bytes)";
  }
}
