package dev.serai.adapters.dialects.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Remembers which members of a request have been read. A member that no code reads is lost in
 * translation: {@link #unread} lists those, so that they can be reported as dropped. For one
 * request; not thread-safe.
 */
final class ReadMembers {
  private static final Pattern PLACE = Pattern.compile("\\[\\d+]");

  private final Map<JsonNode, ReadObject> byNode = new IdentityHashMap<>();
  private final List<ReadObject> objects = new ArrayList<>();

  /** An object of the request that is read member by member. */
  static final class ReadObject {
    private final JsonNode node;
    private final String path;
    private final Set<String> names = new HashSet<>();
    private boolean whole;
    private String leftOut = "";

    private ReadObject(JsonNode node, String path) {
      this.node = node;
      this.path = path;
    }

    void read(String name) {
      names.add(name);
    }

    /** The object is used as it is, with all members. */
    void readWhole() {
      whole = true;
    }

    /** The object is left out, whatever it has. */
    void leaveOut(String kind) {
      whole = true;
      leftOut = kind;
    }

    private void addUnread(Map<String, String> unread) {
      if (!leftOut.isEmpty()) {
        unread.putIfAbsent(path + "." + leftOut, node.toString());
      }
      if (whole) {
        return;
      }
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (!names.contains(member.getKey()) && !member.getValue().isNull()) {
          String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
          unread.putIfAbsent(name, member.getValue().toString());
        }
      }
    }
  }

  /** The record of an object: the same one however often the object is read. */
  ReadObject of(JsonNode node, String path) {
    return byNode.computeIfAbsent(
        node,
        _ -> {
          ReadObject added = new ReadObject(node, PLACE.matcher(path).replaceAll(""));
          objects.add(added);
          return added;
        });
  }

  /** The members that were not read: JSON text by path, without places in arrays. */
  Map<String, String> unread() {
    Map<String, String> unread = new LinkedHashMap<>();
    for (ReadObject object : objects) {
      object.addUnread(unread);
    }
    return unread;
  }
}
