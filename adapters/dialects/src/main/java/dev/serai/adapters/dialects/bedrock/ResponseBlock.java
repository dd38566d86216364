package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a content block of a response, or the start or a delta of one in a stream: they have the
 * same members. Content other than text, reasoning and tool calls is reported as dropped, and so
 * are calls of tools that the model's vendor runs. Reused with {@link #take}; not thread-safe.
 */
final class ResponseBlock {
  static final String CITATIONS = "output.message.content.citationsContent";
  private static final String SERVER_CALL = "output.message.content.toolUse";
  private static final String SERVER_TOOL = "server_tool_use";

  private final JsonCursor cursor;
  @Nullable String text;
  @Nullable String reasoning;
  @Nullable String signature;
  @Nullable String redacted;
  private final DroppedFields dropped = new DroppedFields();
  boolean tool;
  String id = "";
  String name = "";

  /** A call's arguments as JSON: complete in a response, a fragment in a stream. */
  String input = "";

  /** Where the citations of the text begin in the bytes: a list, or one in a stream. */
  int citedFrom;

  /** Where they end; the same place if there are none. */
  int citedTo;

  ResponseBlock(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the object at the cursor, whose text is in {@code bytes}. */
  void take(byte[] bytes, Consumer<ChatEvent> events) {
    text = null;
    reasoning = null;
    signature = null;
    redacted = null;
    tool = false;
    id = "";
    name = "";
    input = "";
    citedFrom = 0;
    citedTo = 0;
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.TEXT) && cursor.peek() == '"') {
        text = cursor.text();
      } else if (cursor.nameIs(MemberNames.TOOL_USE) && cursor.peek() == '{') {
        takeTool(bytes, events);
      } else if (cursor.nameIs(MemberNames.REASONING) && cursor.peek() == '{') {
        takeReasoning();
      } else if (cursor.nameIs(MemberNames.CITED) && cursor.peek() == '{') {
        takeCited();
      } else if (cursor.nameIs(MemberNames.CITATION) && cursor.peek() == '{') {
        takeCitations();
      } else {
        cursor.skip();
      }
    }
  }

  private void takeCitations() {
    citedFrom = cursor.offset();
    cursor.skip();
    citedTo = cursor.offset();
  }

  /** Reports a member of a response, or of an event, that is not read. */
  void drop(String name, Consumer<ChatEvent> events) {
    dropped.add(name, events);
  }

  /** The names reported as dropped so far. */
  List<String> dropped() {
    return dropped.names();
  }

  /** Reads text with citations, in a response only. */
  private void takeCited() {
    StringBuilder all = new StringBuilder();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.CONTENT) && cursor.peek() == '[') {
        cursor.enterArray();
        while (cursor.nextElement()) {
          takeText(all);
        }
      } else if (cursor.nameIs(MemberNames.CITATIONS) && cursor.peek() == '[') {
        takeCitations();
      } else {
        cursor.skip();
      }
    }
    text = all.toString();
  }

  private void takeText(StringBuilder all) {
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.TEXT) && cursor.peek() == '"') {
        all.append(cursor.text());
      } else {
        cursor.skip();
      }
    }
  }

  private void takeTool(byte[] bytes, Consumer<ChatEvent> events) {
    tool = true;
    cursor.enterObject();
    while (cursor.nextMember()) {
      boolean string = cursor.peek() == '"';
      if (cursor.nameIs(MemberNames.TOOL_USE_ID) && string) {
        id = cursor.text();
      } else if (cursor.nameIs(MemberNames.NAME) && string) {
        name = cursor.text();
      } else if (cursor.nameIs(MemberNames.TOOL_TYPE) && string) {
        if (cursor.text().equals(SERVER_TOOL)) {
          tool = false;
          dropped.add(SERVER_CALL, events);
        }
      } else if (cursor.nameIs(MemberNames.INPUT) && string) {
        input = cursor.text();
      } else if (cursor.nameIs(MemberNames.INPUT) && cursor.peek() != 'n') {
        int from = cursor.offset();
        cursor.skip();
        input = new String(bytes, from, cursor.offset() - from, StandardCharsets.UTF_8);
      } else {
        cursor.skip();
      }
    }
  }

  /** Text and signature are inside {@code reasoningText} in a response, but not in a stream. */
  private void takeReasoning() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      boolean string = cursor.peek() == '"';
      if (cursor.nameIs(MemberNames.REASONING_TEXT) && cursor.peek() == '{') {
        takeReasoning();
      } else if (cursor.nameIs(MemberNames.TEXT) && string) {
        reasoning = cursor.text();
      } else if (cursor.nameIs(MemberNames.SIGNATURE) && string) {
        signature = cursor.text();
      } else if (cursor.nameIs(MemberNames.REDACTED) && string) {
        redacted = cursor.text();
      } else {
        cursor.skip();
      }
    }
  }
}
