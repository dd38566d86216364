package dev.serai.adapters.dialects.anthropic;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.Arrays;

/**
 * Where the members of one event of a streamed message are, found in one walk that checks the whole
 * event: nothing says that the type comes first. Used again for each event; not thread-safe.
 */
final class StreamEvent {
  static final byte[] BLOCK_DELTA = ascii("content_block_delta");
  static final byte[] BLOCK_START = ascii("content_block_start");
  static final byte[] BLOCK_STOP = ascii("content_block_stop");
  static final byte[] MESSAGE_START = ascii("message_start");
  static final byte[] MESSAGE_DELTA = ascii("message_delta");
  static final byte[] MESSAGE_STOP = ascii("message_stop");

  private static final int NOWHERE = -1;

  private final JsonCursor cursor = new JsonCursor();
  private byte[] data = {};
  private int end;
  private int typeFrom;
  private int typeTo;
  private int bodyAt;
  private int usageAt;
  private long index;

  /**
   * Finds the members.
   *
   * @throws MalformedInput if it is not a JSON object
   */
  void locate(byte[] event, int from, int to) {
    data = event;
    end = to;
    typeFrom = typeTo = 0;
    bodyAt = usageAt = NOWHERE;
    index = NOWHERE;
    cursor.over(data, from, to).enterObject();
    while (cursor.nextMember()) {
      if (cursor.nameIs(MemberNames.TYPE)) {
        typeFrom = cursor.offset() + 1;
        cursor.string();
        typeTo = cursor.offset() - 1;
      } else if (cursor.nameIs(MemberNames.INDEX)) {
        index = cursor.count();
      } else {
        noteValue();
        cursor.skip();
      }
    }
    cursor.finish();
  }

  private void noteValue() {
    if (cursor.nameIs(MemberNames.DELTA)
        || cursor.nameIs(MemberNames.CONTENT_BLOCK)
        || cursor.nameIs(MemberNames.MESSAGE)
        || cursor.nameIs(MemberNames.ERROR)) {
      bodyAt = cursor.offset();
    } else if (cursor.nameIs(MemberNames.USAGE)) {
      usageAt = cursor.offset();
    }
  }

  /** Whether the event is of that type. */
  boolean typeIs(byte[] type) {
    return Arrays.equals(data, typeFrom, typeTo, type, 0, type.length);
  }

  /** The block that the event is about, -1 if it names none. */
  long index() {
    return index;
  }

  /** The bytes that the event is in. */
  byte[] data() {
    return data;
  }

  /** The event's content: its delta, block, message or error. */
  JsonCursor body() {
    if (bodyAt == NOWHERE) {
      throw missing("the event's content");
    }
    return cursor.over(data, bodyAt, end);
  }

  boolean hasUsage() {
    return usageAt != NOWHERE;
  }

  /** The count beside the content. */
  JsonCursor usage() {
    return cursor.over(data, usageAt, end);
  }

  /** What is said when something should be in the event. */
  MalformedInput missing(String what) {
    return new MalformedInput(end, what);
  }
}
