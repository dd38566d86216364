package dev.serai.adapters.dialects.tool.limit;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Replaces keys of the outermost object of a JSON text, which may come in pieces and be malformed
 * or cut off. Only a key whose end is not there yet waits for the next piece. For one text; not
 * thread-safe.
 */
final class KeyRewriter {
  private final Map<String, String> replacements;
  private final StringBuilder key = new StringBuilder();
  private boolean inKey;
  private boolean inString;
  private boolean escaped;
  private boolean expectsKey;
  private boolean inObject;
  private int depth;

  KeyRewriter(Map<String, String> replacements) {
    this.replacements = replacements;
  }

  /** A whole text with other keys. */
  static String whole(String json, Map<String, String> replacements) {
    KeyRewriter rewriter = new KeyRewriter(replacements);
    return rewriter.add(json) + rewriter.rest();
  }

  /** What is known of the text after another piece of it; may be empty. */
  String add(String piece) {
    StringBuilder out = new StringBuilder(piece.length());
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (inKey || inString) {
        string(c, out);
      } else {
        structure(c, out);
      }
    }
    return out.toString();
  }

  /** What waits for more at the end of the text. */
  String rest() {
    String rest = key.toString();
    key.setLength(0);
    return rest;
  }

  private void string(char c, StringBuilder out) {
    boolean ends = c == '"' && !escaped;
    escaped = c == '\\' && !escaped;
    (inKey ? key : out).append(c);
    if (ends && inKey) {
      out.append(replaced(rest()));
    }
    if (ends) {
      inKey = false;
      inString = false;
    }
  }

  private void structure(char c, StringBuilder out) {
    switch (c) {
      case '"' -> {
        inKey = expectsKey;
        inString = !expectsKey;
        expectsKey = false;
      }
      case '{', '[' -> {
        depth++;
        if (depth == 1) {
          inObject = c == '{';
          expectsKey = inObject;
        }
      }
      case '}', ']' -> {
        depth--;
        expectsKey = false;
      }
      case ',' -> expectsKey = depth == 1 && inObject;
      default -> {
        // a literal or a space
      }
    }
    (inKey ? key : out).append(c);
  }

  private String replaced(String quoted) {
    String name = quoted.substring(1, quoted.length() - 1);
    if (name.indexOf('\\') >= 0) {
      try {
        name = StrictJson.tree(quoted.getBytes(StandardCharsets.UTF_8)).asText();
      } catch (MalformedInput e) {
        return quoted;
      }
    }
    String replacement = replacements.get(name);
    return replacement == null
        ? quoted
        : new String(JsonWriter.quoted(replacement), StandardCharsets.UTF_8);
  }
}
