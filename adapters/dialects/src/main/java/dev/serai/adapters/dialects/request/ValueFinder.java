package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import java.nio.charset.StandardCharsets;

/** Finds values inside the members of a request that has been checked, by their names. */
final class ValueFinder {
  private final JsonMembers members;

  ValueFinder(JsonMembers members) {
    this.members = members;
  }

  /** The offset of a value, by the names of the objects around it and its own; -1 for none. */
  int find(String... path) {
    int place = members.find(path[0]);
    int at = place < 0 ? -1 : members.valueStart(place);
    for (int i = 1; i < path.length && at >= 0; i++) {
      at = member(at, path[i]);
    }
    return at;
  }

  private int member(int object, String name) {
    if (members.bytes()[object] != '{') {
      return -1;
    }
    byte[] sought = name.getBytes(StandardCharsets.US_ASCII);
    JsonCursor cursor = cursor(object);
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(sought)) {
        return cursor.offset();
      }
      cursor.skip();
    }
    return -1;
  }

  /** A cursor at a value. */
  JsonCursor cursor(int at) {
    return new JsonCursor().over(members.bytes(), at, members.bytes().length);
  }

  /** The first byte of the value; 0 if there is none. */
  char kind(String... path) {
    int at = find(path);
    return at < 0 ? 0 : (char) members.bytes()[at];
  }

  /** The value if it is a string; otherwise empty. */
  String text(String... path) {
    int at = find(path);
    return at >= 0 && members.bytes()[at] == '"' ? cursor(at).text() : "";
  }
}
