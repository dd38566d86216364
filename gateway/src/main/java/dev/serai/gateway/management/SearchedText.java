package dev.serai.gateway.management;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;

/** Finds the texts of a JSON value that a search looks at. Stateless. */
final class SearchedText {
  private SearchedText() {}

  /**
   * All strings that are values, at any depth, in their order and on a line each; names of members
   * are not among them.
   *
   * @param max after about this many characters the rest is left out
   * @throws MalformedInput if it is not JSON
   */
  static String of(byte[] json, int max) {
    StringBuilder texts = new StringBuilder();
    add(new JsonCursor().over(json, 0, json.length), texts, max);
    return texts.toString();
  }

  private static void add(JsonCursor cursor, StringBuilder texts, int max) {
    switch (cursor.peek()) {
      case '{' -> {
        cursor.enterObject();
        while (cursor.nextMember()) {
          add(cursor, texts, max);
        }
      }
      case '[' -> {
        cursor.enterArray();
        while (cursor.nextElement()) {
          add(cursor, texts, max);
        }
      }
      case '"' -> {
        if (texts.length() < max) {
          texts.append(cursor.text()).append('\n');
        } else {
          cursor.skip();
        }
      }
      default -> cursor.skip();
    }
  }
}
