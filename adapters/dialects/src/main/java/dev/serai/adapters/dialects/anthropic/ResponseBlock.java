package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;

/**
 * A content block of a response, complete or as it starts in a stream.
 *
 * @param text of a block of text or thinking
 * @param input of a tool call, as JSON; "{}" if the block has none
 * @param signature of thinking; the data of redacted thinking
 * @param cited whether the text has citations
 */
record ResponseBlock(
    String type,
    String id,
    String name,
    String text,
    String input,
    String signature,
    boolean cited) {

  /** The name that citations are reported as dropped by. */
  static final String CITATIONS = "content.citations";

  /** The name that a block of that type is reported as dropped by. */
  static String droppedName(String type) {
    return "content." + type;
  }

  /** Reads the object at the cursor, whose text is in {@code bytes}. */
  static ResponseBlock read(JsonCursor cursor, byte[] bytes) {
    String type = "";
    String id = "";
    String name = "";
    String text = "";
    String input = "{}";
    String signature = "";
    boolean cited = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      boolean string = cursor.peek() == '"';
      if (cursor.nameIs(MemberNames.TYPE) && string) {
        type = cursor.text();
      } else if (cursor.nameIs(MemberNames.ID) && string) {
        id = cursor.text();
      } else if (cursor.nameIs(MemberNames.NAME) && string) {
        name = cursor.text();
      } else if ((cursor.nameIs(MemberNames.TEXT) || cursor.nameIs(MemberNames.THINKING))
          && string) {
        text = cursor.text();
      } else if ((cursor.nameIs(MemberNames.SIGNATURE) || cursor.nameIs(MemberNames.DATA))
          && string) {
        signature = cursor.text();
      } else if (cursor.nameIs(MemberNames.INPUT) && !string && cursor.peek() != 'n') {
        int from = cursor.offset();
        cursor.skip();
        input = new String(bytes, from, cursor.offset() - from, StandardCharsets.UTF_8);
      } else if (cursor.nameIs(MemberNames.CITATIONS) && cursor.peek() == '[') {
        cited |= hasElements(cursor);
      } else {
        cursor.skip();
      }
    }
    return new ResponseBlock(type, id, name, text, input, signature, cited);
  }

  private static boolean hasElements(JsonCursor cursor) {
    boolean any = false;
    cursor.enterArray();
    while (cursor.nextElement()) {
      any = true;
      cursor.skip();
    }
    return any;
  }
}
