package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.JsonMembers;
import java.util.Arrays;

/**
 * Whether a request's input holds items that need a tree, found in one pass without building one.
 * Immutable.
 *
 * @param references whether there may be items that only name another item: those of type {@code
 *     item_reference}, and those without type and role
 * @param states whether there is encrypted reasoning
 * @param generated whether there may be reasoning with an id of {@link ResponseIds}
 */
record InputSummary(boolean references, boolean states, boolean generated) {
  private static final InputSummary NOTHING = new InputSummary(false, false, false);
  private static final byte[] ID = ascii("id");
  private static final byte[] REASONING_ID = ascii('"' + ResponseIds.REASONING);
  private static final byte[] TYPE = ascii("type");
  private static final byte[] ROLE = ascii("role");
  private static final byte[] ENCRYPTED = ascii("encrypted_content");
  private static final byte[] REFERENCE = ascii("\"item_reference\"");

  static InputSummary of(JsonMembers request) {
    int place = request.find("input");
    if (place < 0 || request.kind(place) != '[') {
      return NOTHING;
    }
    byte[] bytes = request.bytes();
    JsonCursor cursor =
        new JsonCursor().over(bytes, request.valueStart(place), request.valueEnd(place));
    boolean references = false;
    boolean states = false;
    boolean generated = false;
    cursor.enterArray();
    while (cursor.nextElement()) {
      if (cursor.peek() != '{') {
        cursor.skip();
        continue;
      }
      boolean plain = false;
      boolean reference = false;
      cursor.enterObject();
      while (cursor.nextMember()) {
        int from = cursor.offset();
        boolean type = cursor.nameIs(TYPE);
        plain |= type || cursor.nameIs(ROLE);
        states |= cursor.peek() == '"' && cursor.nameIs(ENCRYPTED);
        generated |= cursor.nameIs(ID) && startsWith(bytes, from, REASONING_ID);
        cursor.skip();
        reference |=
            type && Arrays.equals(bytes, from, cursor.offset(), REFERENCE, 0, REFERENCE.length);
      }
      references |= reference || !plain;
    }
    return references || states || generated
        ? new InputSummary(references, states, generated)
        : NOTHING;
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] beginning) {
    int to = Math.min(bytes.length, from + beginning.length);
    return Arrays.equals(bytes, from, to, beginning, 0, beginning.length);
  }
}
