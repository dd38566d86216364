package dev.serai.adapters.dialects.tool.limit;

/**
 * Searches a schema for keys that a vendor refuses, without parsing it: most schemas have none.
 * Stateless.
 */
final class SchemaKeySearch {
  private SchemaKeySearch() {}

  /** Whether there may be such a key of a property; those of the schema itself are keywords. */
  static boolean mayFind(String json, TextLimit limit) {
    int depth = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == '"') {
        int end = end(json, i + 1);
        if (depth > 1 && namesSchema(json, end) && !limit.accepts(json.substring(i + 1, end))) {
          return true;
        }
        i = end;
      }
    }
    return false;
  }

  private static int end(String json, int from) {
    int end = from;
    while (end < json.length() && json.charAt(end) != '"') {
      end += json.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end, json.length());
  }

  /** Whether the text that ends there is a key, and its value may be a schema. */
  private static boolean namesSchema(String json, int end) {
    int colon = next(json, end + 1);
    if (colon == json.length() || json.charAt(colon) != ':') {
      return false;
    }
    int value = next(json, colon + 1);
    return value < json.length() && "{tf".indexOf(json.charAt(value)) >= 0;
  }

  private static int next(String json, int from) {
    int next = from;
    while (next < json.length() && json.charAt(next) <= ' ') {
      next++;
    }
    return Math.min(next, json.length());
  }
}
