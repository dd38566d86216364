package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the results of parallel calls in a client's contents in the order of their calls, for a
 * server that gets no ids and so pairs them by position. All other bytes stay in place. For one
 * request.
 */
final class ResultOrder {
  private final byte[] bytes;
  private final JsonSplice splice;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Result> results = new ArrayList<>();

  /** A part with a result: where it is, and the place of its call. */
  private record Result(int from, int to, int place) {}

  private ResultOrder(byte[] bytes) {
    this.bytes = bytes;
    this.splice = new JsonSplice(bytes);
  }

  /** The bytes of a request, which has been checked: the same array if its results are in order. */
  static byte[] splice(byte[] bytes) {
    ResultOrder order = new ResultOrder(bytes);
    JsonMembers root = JsonMembers.of(bytes);
    int contents = root.find("contents");
    if (contents >= 0) {
      order.readParts(root, contents);
    }
    order.sort();
    return order.splice.apply();
  }

  private void readParts(JsonMembers root, int contents) {
    if (root.kind(contents) != '[') {
      return;
    }
    JsonCursor each = over(root, contents);
    each.enterArray();
    while (each.nextElement()) {
      if (each.peek() == '{') {
        readContent(JsonMembers.read(bytes, each));
      } else {
        each.skip();
      }
    }
  }

  private void readContent(JsonMembers content) {
    int parts = content.find("parts");
    if (parts < 0 || content.kind(parts) != '[') {
      return;
    }
    JsonCursor each = over(content, parts);
    each.enterArray();
    while (each.nextElement()) {
      int from = each.offset();
      if (each.peek() == '{') {
        readPart(JsonMembers.read(bytes, each), from, each.offset());
      } else {
        each.skip();
      }
    }
  }

  private void readPart(JsonMembers part, int from, int to) {
    for (int i = 0; i < part.size(); i++) {
      if (part.kind(i) == '{') {
        switch (part.name(i)) {
          case "functionCall", "function_call" -> {
            sort();
            places.put(id(part, i), places.size());
          }
          case "functionResponse", "function_response" ->
              results.add(
                  new Result(from, to, places.getOrDefault(id(part, i), Integer.MAX_VALUE)));
          default -> {
            // has no id
          }
        }
      }
    }
  }

  private String id(JsonMembers part, int place) {
    JsonMembers call = JsonMembers.at(bytes, part.valueStart(place), part.valueEnd(place));
    int id = call.find("id");
    return id >= 0 && call.kind(id) == '"' ? call.text(id) : "";
  }

  /** Sorts the results since the last call. One without a call follows the others. */
  private void sort() {
    List<Result> sorted = results.stream().sorted(Comparator.comparingInt(Result::place)).toList();
    for (int i = 0; i < sorted.size(); i++) {
      Result here = results.get(i);
      Result there = sorted.get(i);
      if (here.from() != there.from()) {
        splice.replace(here.from(), here.to(), Arrays.copyOfRange(bytes, there.from(), there.to()));
      }
    }
    results.clear();
  }

  private JsonCursor over(JsonMembers object, int place) {
    return new JsonCursor().over(bytes, object.valueStart(place), object.valueEnd(place));
  }
}
