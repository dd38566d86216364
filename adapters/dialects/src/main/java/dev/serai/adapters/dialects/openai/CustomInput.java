package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes the input of a custom tool, which arrives as pieces of plain text, as the arguments of a
 * function: pieces of JSON. For one call; not thread-safe.
 */
final class CustomInput {
  private static final String BEGINNING = "{\"" + ToolArguments.TEXT + "\":\"";
  private static final String END = "\"}";

  private boolean begun;

  /** The next piece. */
  String piece(String text) {
    String piece = (begun ? "" : BEGINNING) + escaped(text);
    begun = true;
    return piece;
  }

  /** What ends the arguments. */
  String end() {
    return begun ? END : BEGINNING + END;
  }

  private static String escaped(String text) {
    String quoted = new String(JsonWriter.quoted(text), StandardCharsets.UTF_8);
    return quoted.substring(1, quoted.length() - 1);
  }
}
