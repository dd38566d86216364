package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;

/**
 * Fits a client's contents to a server that is stricter than Gemini's own API, such as Vertex AI: a
 * content without a role receives the role that the API assumes, and calls and their results lose
 * their ids. All other bytes stay unchanged. For one request.
 */
final class StrictContents {
  private static final byte[] ROLE = ascii("\"role\":\"user\",");

  private final byte[] bytes;
  private final JsonSplice splice;

  private StrictContents(byte[] bytes) {
    this.bytes = bytes;
    this.splice = new JsonSplice(bytes);
  }

  /** The bytes of a request, which has been checked: the same array if they fit. */
  static byte[] splice(byte[] bytes) {
    StrictContents contents = new StrictContents(bytes);
    JsonMembers root = JsonMembers.of(bytes);
    int place = root.find("contents");
    if (place >= 0 && root.kind(place) == '[') {
      JsonCursor each = contents.over(root, place);
      each.enterArray();
      while (each.nextElement()) {
        contents.fitContent(each);
      }
    }
    return contents.splice.apply();
  }

  private JsonCursor over(JsonMembers object, int place) {
    return new JsonCursor().over(bytes, object.valueStart(place), object.valueEnd(place));
  }

  private void fitContent(JsonCursor at) {
    if (at.peek() != '{') {
      at.skip();
      return;
    }
    JsonMembers content = JsonMembers.read(bytes, at);
    if (content.size() > 0 && content.find("role") < 0) {
      splice.insert(content.memberStart(0), ROLE);
    }
    int parts = content.find("parts");
    if (parts >= 0 && content.kind(parts) == '[') {
      JsonCursor each = over(content, parts);
      each.enterArray();
      while (each.nextElement()) {
        fitPart(each);
      }
    }
  }

  private void fitPart(JsonCursor at) {
    if (at.peek() != '{') {
      at.skip();
      return;
    }
    JsonMembers part = JsonMembers.read(bytes, at);
    for (int i = 0; i < part.size(); i++) {
      if (part.kind(i) == '{' && holdsId(part.name(i))) {
        removeId(JsonMembers.at(bytes, part.valueStart(i), part.valueEnd(i)));
      }
    }
  }

  private static boolean holdsId(String name) {
    return switch (name) {
      case "functionCall", "function_call", "functionResponse", "function_response" -> true;
      default -> false;
    };
  }

  private void removeId(JsonMembers call) {
    int id = call.find("id");
    if (id >= 0) {
      splice.remove(call, id);
    }
  }
}
