package dev.serai.adapters.dialects.request;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonExcerpt;
import dev.serai.core.features.OutlineBuilder;
import dev.serai.core.model.Capability;

/** Reads the tools of a request for its outline. For one request. */
final class ToolOutline {
  private static final byte[] TYPE = {'t', 'y', 'p', 'e'};

  /** Namespaces hold functions, which hold schemas; each level is walked once more. */
  private static final int MAX_DEPTH = 6;

  private final byte[] bytes;
  private final OutlineBuilder outline;
  private boolean found;
  private int depth;

  ToolOutline(byte[] bytes, OutlineBuilder outline) {
    this.bytes = bytes;
    this.outline = outline;
  }

  /** Whether there is a tool that the client runs, or one of the provider that is not a search. */
  boolean found() {
    return found;
  }

  /** Reads an array of tools. */
  void read(JsonCursor cursor) {
    if (cursor.peek() != '[') {
      cursor.skip();
      return;
    }
    cursor.enterArray();
    while (cursor.nextElement()) {
      tool(cursor);
    }
  }

  /** Reads a tool, or what a message says of one. */
  void tool(JsonCursor cursor) {
    if (cursor.peek() != '{' || depth == MAX_DEPTH) {
      cursor.skip();
      return;
    }
    depth++;
    members(cursor);
    depth--;
  }

  private void members(JsonCursor cursor) {
    String type = type(cursor.offset());
    if (type.startsWith("web_search")) {
      outline.need(Capability.WEB_SEARCH);
      cursor.skip();
      return;
    }
    if (!type.isEmpty()) {
      note();
    }
    cursor.enterObject();
    while (cursor.nextMember()) {
      member(cursor);
    }
  }

  private String type(int object) {
    JsonCursor ahead = new JsonCursor().over(bytes, object, bytes.length);
    ahead.enterObject();
    while (ahead.nextMember()) {
      if (ahead.nameIs(TYPE) && ahead.peek() == '"') {
        return ahead.text();
      }
      ahead.skip();
    }
    return "";
  }

  private void member(JsonCursor cursor) {
    switch (cursor.name()) {
      case "name" -> {
        note();
        JsonExcerpt.weigh(cursor, bytes, outline);
      }
      case "description", "parameters", "input_schema" -> JsonExcerpt.weigh(cursor, bytes, outline);
      case "parametersJsonSchema", "parameters_json_schema", "json" ->
          JsonExcerpt.weigh(cursor, bytes, outline);
      case "function", "custom", "toolSpec", "inputSchema", "definition" -> tool(cursor);
      case "functionDeclarations", "function_declarations", "tools" -> read(cursor);
      case "googleSearch", "google_search", "googleSearchRetrieval", "google_search_retrieval" -> {
        outline.need(Capability.WEB_SEARCH);
        cursor.skip();
      }
      default -> cursor.skip();
    }
  }

  private void note() {
    found = true;
    outline.need(Capability.TOOLS);
  }
}
