package dev.serai.adapters.dialects.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Takes the member {@code serai} out of a request, at its top and in its {@code metadata}: it is
 * meant for Serai, and no provider knows it. Pure.
 */
final class OwnMember {
  private static final String NAME = "serai";
  private static final String METADATA = "metadata";

  private OwnMember() {}

  /**
   * The bytes of a request without the member; its own bytes if it has none.
   *
   * @param values receives what the members say, as JSON by place: the one at the top first
   */
  static byte[] removed(JsonMembers request, Map<String, byte[]> values) {
    int top = request.find(NAME);
    int metadata = request.find(METADATA);
    if (top < 0 && metadata < 0) {
      return request.bytes();
    }
    JsonSplice splice = new JsonSplice(request.bytes());
    put(NAME, request, top, values);
    if (top >= 0 && (metadata < 0 || top < metadata)) {
      splice.remove(request, top);
    }
    if (metadata >= 0 && request.kind(metadata) == '{') {
      removeInner(request, metadata, splice, values);
    }
    if (top >= 0 && metadata >= 0 && metadata < top) {
      splice.remove(request, top);
    }
    return splice.apply();
  }

  private static void removeInner(
      JsonMembers request, int metadata, JsonSplice splice, Map<String, byte[]> values) {
    JsonMembers inner;
    try {
      inner =
          JsonMembers.at(request.bytes(), request.valueStart(metadata), request.valueEnd(metadata));
    } catch (MalformedInput e) {
      return; // the reader of the metadata reports it
    }
    int place = inner.find(NAME);
    if (place >= 0) {
      put(METADATA + "." + NAME, inner, place, values);
      splice.remove(inner, place);
    }
  }

  /** A member that is null counts as left out. */
  private static void put(String name, JsonMembers members, int place, Map<String, byte[]> values) {
    if (place >= 0 && !members.json(place).equals("null")) {
      values.put(name, value(members, place));
    }
  }

  /** OpenAI's clients can send texts in metadata only, so a text is read as JSON. */
  private static byte[] value(JsonMembers members, int place) {
    String json = members.kind(place) == '"' ? members.text(place) : members.json(place);
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
