package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;

/**
 * A content block of a response, complete or as it starts in a stream.
 *
 * @param text of a block of text or thinking
 * @param input of a tool call, as JSON; "{}" if the block has none
 * @param signature of thinking; the data of redacted thinking
 * @param citedFrom where the citations of a text begin in the bytes
 * @param citedTo where they end; the same place if there are none
 */
record ResponseBlock(
    String type,
    String id,
    String name,
    String text,
    String input,
    String signature,
    int citedFrom,
    int citedTo) {

  /** Reads the object at the cursor, whose text is in {@code bytes}. */
  static ResponseBlock read(JsonCursor cursor, byte[] bytes) {
    String type = "";
    String id = "";
    String name = "";
    String text = "";
    String input = "{}";
    String signature = "";
    int citedFrom = 0;
    int citedTo = 0;
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
        citedFrom = cursor.offset();
        cursor.skip();
        citedTo = cursor.offset();
      } else {
        cursor.skip();
      }
    }
    return new ResponseBlock(type, id, name, text, input, signature, citedFrom, citedTo);
  }
}
