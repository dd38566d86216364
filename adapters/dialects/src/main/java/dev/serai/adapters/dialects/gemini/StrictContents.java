package dev.serai.adapters.dialects.gemini;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.media.FileNames;

/**
 * Fits a client's contents to a server that is stricter than Gemini's own API, such as Vertex AI: a
 * content without a role receives the role that the API assumes, calls and their results lose their
 * ids, and a file without a media type receives one. All other bytes stay unchanged. For one
 * request.
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
      } else if (part.kind(i) == '{' && holdsFile(part.name(i))) {
        addType(JsonMembers.at(bytes, part.valueStart(i), part.valueEnd(i)));
      }
    }
  }

  private static boolean holdsId(String name) {
    return switch (name) {
      case "functionCall", "function_call", "functionResponse", "function_response" -> true;
      default -> false;
    };
  }

  private static boolean holdsFile(String name) {
    return name.equals("fileData") || name.equals("file_data");
  }

  /** The media type by the ending of the address; without a known ending the server decides. */
  private void addType(JsonMembers file) {
    int uri = Math.max(file.find("fileUri"), file.find("file_uri"));
    boolean typed = file.find("mimeType") >= 0 || file.find("mime_type") >= 0;
    if (!typed && uri >= 0 && file.kind(uri) == '"') {
      FileNames.typeOf(file.text(uri))
          .ifPresent(type -> splice.insert(file.memberStart(0), ascii(typeMember(type))));
    }
  }

  private static String typeMember(String type) {
    return "\"mimeType\":\"" + type + "\",";
  }

  private void removeId(JsonMembers call) {
    int id = call.find("id");
    if (id >= 0) {
      splice.remove(call, id);
    }
  }
}
