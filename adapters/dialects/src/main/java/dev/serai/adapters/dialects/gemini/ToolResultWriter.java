package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * Writes the result of a tool as the object that the dialect requires: an object unchanged,
 * anything else under {@code output}, and the error of a failed tool under {@code error}
 * (ai.google.dev/api/caching, FunctionResponse).
 */
final class ToolResultWriter {
  private ToolResultWriter() {}

  static void write(JsonWriter out, Message message, boolean failed) {
    String text = text(message);
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    int kind = failed ? 0 : kind(json);
    if (kind == '{') {
      out.json(json);
      return;
    }
    out.beginObject().name(failed ? "error" : "output");
    if (kind == '[') {
      out.json(json);
    } else {
      out.value(text);
    }
    out.endObject();
  }

  /** All texts of the result, a line each. */
  private static String text(Message message) {
    StringJoiner text = new StringJoiner("\n");
    for (Part part : message.parts()) {
      if (part instanceof TextPart line) {
        text.add(line.text());
      }
    }
    return text.toString();
  }

  /** The first byte of a text that is JSON, 0 of any other. */
  private static int kind(byte[] text) {
    JsonCursor cursor = new JsonCursor().over(text, 0, text.length);
    int kind = cursor.peek();
    try {
      cursor.skip();
      cursor.finish();
      return kind;
    } catch (MalformedInput e) {
      return 0;
    }
  }
}
