package dev.serai.adapters.dialects.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.core.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Members to write over an object in JSON: its bytes are walked once and copied once. Objects are
 * merged; of several names of a member the first one is written if the object has none of them. Not
 * thread-safe.
 */
final class BodyOverlay {
  private final List<Member> members = new ArrayList<>();

  private sealed interface Member {
    List<String> names();

    /** As JSON. */
    String value();
  }

  private record Value(List<String> names, String value, boolean forced) implements Member {}

  private record Inner(List<String> names, BodyOverlay members) implements Member {
    @Override
    public String value() {
      return "{" + members.text() + "}";
    }
  }

  /** The overlay of the object of these names inside this one. */
  BodyOverlay in(List<String> names) {
    for (Member member : members) {
      if (member instanceof Inner inner && inner.names().equals(names)) {
        return inner.members();
      }
    }
    Inner made = new Inner(names, new BodyOverlay());
    members.add(made);
    return made.members();
  }

  /**
   * Adds a member.
   *
   * @param json its value
   * @param forced whether it replaces that of the object
   */
  void put(List<String> names, String json, boolean forced) {
    JsonMembers object = json.startsWith("{") ? JsonMembers.of(json.getBytes(UTF_8)) : null;
    if (object == null || object.size() == 0) {
      members.removeIf(member -> member.names().equals(names));
      members.add(new Value(names, json, forced));
      return;
    }
    BodyOverlay inside = in(names);
    for (int i = 0; i < object.size(); i++) {
      inside.put(List.of(object.name(i)), object.json(i), forced);
    }
  }

  /** The body with these members; the same bytes if nothing changes. */
  byte[] over(byte[] body) {
    if (members.isEmpty()) {
      return body;
    }
    JsonSplice splice = new JsonSplice(body);
    int open = 0;
    while (body[open] != '{') {
      open++;
    }
    edit(JsonMembers.of(body), open, splice);
    return splice.apply();
  }

  private void edit(JsonMembers object, int open, JsonSplice splice) {
    StringBuilder added = new StringBuilder();
    SortedMap<Integer, Member> present = new TreeMap<>();
    for (Member member : members) {
      boolean found = false;
      for (String name : member.names()) {
        int place = object.find(name);
        if (place >= 0) {
          found = true;
          present.put(place, member);
        }
      }
      if (!found) {
        append(member, added);
      }
    }
    if (!added.isEmpty()) {
      splice.insert(
          open + 1, (object.size() == 0 ? added : added.append(',')).toString().getBytes(UTF_8));
    }
    present.forEach((place, member) -> change(object, place, member, splice));
  }

  private static void change(JsonMembers object, int place, Member member, JsonSplice splice) {
    int from = object.valueStart(place);
    int to = object.valueEnd(place);
    if (member instanceof Inner inner && object.kind(place) == '{') {
      inner.members().edit(JsonMembers.at(object.bytes(), from, to), from, splice);
    } else if (isForced(member)) {
      splice.replace(from, to, member.value().getBytes(UTF_8));
    }
  }

  private static boolean isForced(Member member) {
    return switch (member) {
      case Value value -> value.forced();
      case Inner inner -> inner.members().members.stream().anyMatch(BodyOverlay::isForced);
    };
  }

  private static void append(Member member, StringBuilder to) {
    to.append(to.isEmpty() ? "" : ",")
        .append(new String(JsonWriter.quoted(member.names().getFirst()), UTF_8))
        .append(':')
        .append(member.value());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    members.forEach(member -> append(member, text));
    return text.toString();
  }
}
