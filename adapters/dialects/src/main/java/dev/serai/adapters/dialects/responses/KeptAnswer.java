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
 * A response that is kept with the request it answers, as bytes: they are understood only when
 * somebody asks. It holds on to what it went on from, so that nothing is missing of a conversation
 * whose beginning a store has let go. Immutable.
 */
final class KeptAnswer implements StoredResponse {
  private static final byte[] ID = ascii("id");
  private static final byte[] OUTPUT = ascii("output");
  private static final int OVERHEAD = 512;

  private final String id;
  private final Optional<String> provider;
  private final byte[] request;
  private final byte[] answer;
  private final Recalled recalled;
  private final List<String> itemIds;
  private final long weight;

  private KeptAnswer(
      Names names, Optional<String> provider, ResponsesRequest request, byte[] answer) {
    this.id = names.id();
    this.itemIds = List.copyOf(names.itemIds());
    this.provider = provider;
    this.request = request.bytes();
    this.recalled = request.recalled();
    this.answer = answer;
    long bytes = OVERHEAD + this.request.length + answer.length;
    for (KeptAnswer referred : recalled.byItem().values()) {
      bytes += referred.weight;
    }
    weight = bytes + recalled.before().map(KeptAnswer::weight).orElse(0L);
  }

  /** By what an answer and its items are found. */
  private record Names(String id, List<String> itemIds) {}

  /** Keeps an answer that has been read before; empty if it has no id to keep it under. */
  static Optional<KeptAnswer> of(
      ResponsesRequest request, byte[] answer, Optional<String> provider) {
    String id = "";
    List<String> itemIds = new ArrayList<>();
    JsonCursor cursor = new JsonCursor().over(answer, 0, answer.length);
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
        : Optional.of(new KeptAnswer(new Names(id, itemIds), provider, request, answer));
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
    recalled.before().ifPresent(answer -> ids.add(answer.id));
    recalled.byItem().values().forEach(answer -> ids.add(answer.id));
    return ids;
  }

  @Override
  public byte[] response() {
    return answer;
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
    return ItemList.write(id, asked(), page);
  }

  /** Everything that was said up to and with this answer, item by item. */
  List<JsonNode> items() {
    List<JsonNode> items = new ArrayList<>(asked());
    output().forEach(items::add);
    return items;
  }

  private List<JsonNode> asked() {
    Deque<KeptAnswer> way = new ArrayDeque<>();
    for (Optional<KeptAnswer> at = Optional.of(this);
        at.isPresent();
        at = at.get().recalled.before()) {
      way.push(at.get());
    }
    List<JsonNode> items = new ArrayList<>();
    for (KeptAnswer each : way) {
      items.addAll(InputItems.of(StrictJson.tree(each.request), each.recalled));
      if (each != this) {
        each.output().forEach(items::add);
      }
    }
    return items;
  }

  private JsonNode output() {
    return StrictJson.tree(answer).path("output");
  }

  /** The item of the answer that has that id. */
  Optional<JsonNode> item(String itemId) {
    for (JsonNode item : output()) {
      if (item.path("id").asText("").equals(itemId)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  /** Without what was said. */
  @Override
  public String toString() {
    return "response " + id + " (" + answer.length + " bytes)";
  }
}
