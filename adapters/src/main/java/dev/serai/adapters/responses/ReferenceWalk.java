package dev.serai.adapters.responses;

import static dev.serai.adapters.json.JsonOut.ascii;

import dev.serai.adapters.json.JsonCursor;
import java.util.Arrays;

/**
 * Looks through an input for items that may be references, without building anything: those that
 * say so, and those that say nothing of what they are. For one input.
 */
final class ReferenceWalk {
  private static final byte[] TYPE = ascii("type");
  private static final byte[] ROLE = ascii("role");
  private static final byte[] REFERENCE = ascii("\"item_reference\"");

  private final byte[] bytes;

  ReferenceWalk(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether there may be one in the array from {@code from} to {@code to}. */
  boolean found(int from, int to) {
    JsonCursor cursor = new JsonCursor().over(bytes, from, to);
    cursor.enterArray();
    boolean found = false;
    while (cursor.nextElement()) {
      if (cursor.peek() == '{') {
        found |= isReference(cursor);
      } else {
        cursor.skip();
      }
    }
    return found;
  }

  private boolean isReference(JsonCursor cursor) {
    boolean plain = false;
    boolean reference = false;
    cursor.enterObject();
    while (cursor.nextMember()) {
      int from = cursor.offset();
      boolean type = cursor.nameIs(TYPE);
      plain |= type || cursor.nameIs(ROLE);
      cursor.skip();
      reference |=
          type && Arrays.equals(bytes, from, cursor.offset(), REFERENCE, 0, REFERENCE.length);
    }
    return reference || !plain;
  }
}
