package dev.serai.adapters.dialects.tool;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes arguments of tool calls for dialects that have them as an object. OpenAI has them as a
 * string of JSON that a model wrote and that may be malformed.
 */
public final class ToolArguments {
  private ToolArguments() {}

  /**
   * Writes them as an object: none as an empty one, and malformed ones as text under {@code
   * arguments}, so that the model sees what it wrote.
   */
  public static void write(JsonWriter out, String arguments) {
    byte[] json = arguments.getBytes(StandardCharsets.UTF_8);
    if (arguments.isBlank()) {
      out.beginObject().endObject();
    } else if (isObject(json)) {
      out.json(json);
    } else {
      out.beginObject().member("arguments", arguments).endObject();
    }
  }

  private static boolean isObject(byte[] json) {
    JsonCursor cursor = new JsonCursor().over(json, 0, json.length);
    if (cursor.peek() != '{') {
      return false;
    }
    try {
      cursor.skip();
      cursor.finish();
      return true;
    } catch (MalformedInput e) {
      return false;
    }
  }
}
