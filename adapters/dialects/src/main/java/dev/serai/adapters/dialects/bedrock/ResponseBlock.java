package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A content block of a whole answer, or the start or a piece of one in a stream, which have the
 * same members one level apart. What is neither text nor thought nor call is reported as dropped.
 * Not thread-safe; to be used again with {@link #take}.
 */
final class ResponseBlock {
  private static final String CITED = "citationsContent";

  private final JsonCursor cursor;
  @Nullable String text;
  @Nullable String thought;
  @Nullable String signature;
  @Nullable String redacted;
  private final DroppedFields dropped = new DroppedFields();
  boolean tool;
  String id = "";
  String name = "";

  /** A call's arguments: an object as JSON in a whole answer, a fragment of it in a stream. */
  String input = "";

  ResponseBlock(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** Takes the object the cursor is at. */
  void take(byte[] bytes, Consumer<ChatEvent> events) {
    text = null;
    thought = null;
    signature = null;
    redacted = null;
    tool = false;
    id = "";
    name = "";
    input = "";
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.TEXT) && cursor.peek() == '"') {
        text = cursor.text();
      } else if (cursor.nameIs(MemberNames.TOOL_USE) && cursor.peek() == '{') {
        takeTool(bytes);
      } else if (cursor.nameIs(MemberNames.REASONING) && cursor.peek() == '{') {
        takeReasoning();
      } else if (cursor.nameIs(MemberNames.CITED) && cursor.peek() == '{') {
        takeCited(events);
      } else {
        if (cursor.peek() == '{' || cursor.peek() == '[') {
          drop(cursor.nameIs(MemberNames.CITATION) ? CITED : cursor.name(), events);
        }
        cursor.skip();
      }
    }
  }

  private void drop(String member, Consumer<ChatEvent> events) {
    dropped.add("output.message.content." + member, events);
  }

  /** What was noted so far. */
  List<String> dropped() {
    return dropped.names();
  }

  /** Text with its sources, of a whole answer: only the text can be told. */
  private void takeCited(Consumer<ChatEvent> events) {
    drop(CITED, events);
    StringBuilder all = new StringBuilder();
    cursor.enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.CONTENT) && cursor.peek() == '[') {
        cursor.enterArray();
        while (cursor.nextElement()) {
          takeText(all);
        }
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

  private void takeTool(byte[] bytes) {
    tool = true;
    cursor.enterObject();
    while (cursor.nextMember()) {
      boolean string = cursor.peek() == '"';
      if (cursor.nameIs(MemberNames.TOOL_USE_ID) && string) {
        id = cursor.text();
      } else if (cursor.nameIs(MemberNames.NAME) && string) {
        name = cursor.text();
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

  /** Text and signature stand in {@code reasoningText} in a whole answer, by themselves else. */
  private void takeReasoning() {
    cursor.enterObject();
    while (cursor.nextMember()) {
      boolean string = cursor.peek() == '"';
      if (cursor.nameIs(MemberNames.REASONING_TEXT) && cursor.peek() == '{') {
        takeReasoning();
      } else if (cursor.nameIs(MemberNames.TEXT) && string) {
        thought = cursor.text();
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
