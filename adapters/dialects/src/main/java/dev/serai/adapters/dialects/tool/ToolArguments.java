package dev.serai.adapters.dialects.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes arguments of tool calls for dialects that have them as an object. OpenAI has them as a
 * string of JSON that a model wrote and that may be malformed. Stateless.
 */
public final class ToolArguments {
  /** The argument that holds the input of a custom tool. */
  public static final String TEXT = "input";

  /** The length of an escape like {@code \\u00e9}. */
  private static final int MAX_ESCAPE = 6;

  private static final String NULL = "null";

  private ToolArguments() {}

  /**
   * The arguments of a call as its caller or its provider wrote them; an empty object for none.
   * Clients and models that have none to give write an empty text, or {@code null}.
   */
  public static String given(String arguments) {
    return arguments.isBlank() || isNull(arguments) ? "{}" : arguments;
  }

  static boolean isNull(String arguments) {
    return arguments.strip().equals(NULL);
  }

  /**
   * Whether nothing but the beginning of {@code null} is there, so that it is not known yet whether
   * there are arguments.
   */
  static boolean mayBeNone(String beginning) {
    return NULL.startsWith(beginning);
  }

  /**
   * Writes them as an object: none as an empty one, and malformed ones as text under {@code
   * arguments}, so that the model sees what it wrote.
   */
  public static void write(JsonWriter out, String arguments) {
    byte[] json = given(arguments).getBytes(StandardCharsets.UTF_8);
    if (isObject(json)) {
      out.json(json);
    } else {
      out.beginObject().member("arguments", arguments).endObject();
    }
  }

  /** The arguments of a function that replaces a custom tool, whose input is plain text. */
  public static String ofText(String input) {
    byte[] json = new JsonWriter().beginObject().member(TEXT, input).endObject().bytes();
    return new String(json, StandardCharsets.UTF_8);
  }

  /** The input of the custom tool that such a function replaces; empty if it was called without. */
  public static String text(String arguments) {
    try {
      JsonNode tree = StrictJson.tree(arguments.getBytes(StandardCharsets.UTF_8));
      JsonNode input = tree.path(TEXT);
      return input.isTextual() ? input.textValue() : tree.isEmpty() ? "" : arguments;
    } catch (MalformedInput e) {
      // The model wrote no JSON, so its text is the input, or was cut off within it.
      return cut(arguments);
    }
  }

  /** The input in arguments that were cut off: as much as there is, without half an escape. */
  private static String cut(String arguments) {
    int shortest = Math.max(0, arguments.length() - MAX_ESCAPE);
    for (int length = arguments.length(); length >= shortest; length--) {
      Optional<String> input = closed(arguments.substring(0, length));
      if (input.isPresent()) {
        return input.get();
      }
    }
    return arguments;
  }

  /** The input in arguments that end within it; empty if they end within an escape. */
  private static Optional<String> closed(String arguments) {
    try {
      byte[] json = (arguments + "\"}").getBytes(StandardCharsets.UTF_8);
      return Optional.ofNullable(StrictJson.tree(json).path(TEXT).textValue());
    } catch (MalformedInput e) {
      return Optional.empty();
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
