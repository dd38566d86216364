package dev.serai.adapters.dialects.anthropic;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.ReplyMembers;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Locates the members of one event of a streamed message. One walk validates the whole event and
 * remembers the offsets, since the type need not be the first member. Reused for each event; not
 * thread-safe.
 */
final class FrameScanner {
  static final byte[] BLOCK_DELTA = ascii("content_block_delta");
  static final byte[] BLOCK_START = ascii("content_block_start");
  static final byte[] BLOCK_STOP = ascii("content_block_stop");
  static final byte[] MESSAGE_START = ascii("message_start");
  static final byte[] MESSAGE_DELTA = ascii("message_delta");
  static final byte[] MESSAGE_STOP = ascii("message_stop");

  private static final int ABSENT = -1;

  private final JsonCursor cursor = new JsonCursor();
  private byte[] data = {};
  private int start;
  private int end;
  private int typeFrom;
  private int typeTo;
  private int bodyAt;
  private int usageAt;
  private long index;

  /**
   * Locates the members of the event between two offsets.
   *
   * @throws MalformedInput if it is not a JSON object
   */
  void locate(byte[] event, int from, int to) {
    data = event;
    start = from;
    end = to;
    typeFrom = typeTo = 0;
    bodyAt = usageAt = ABSENT;
    index = ABSENT;
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

  /** Whether the event is about a block. */
  boolean isOfBlock() {
    return typeIs(BLOCK_DELTA) || typeIs(BLOCK_START) || typeIs(BLOCK_STOP);
  }

  /** Makes the whole event its own content. */
  void asBody() {
    bodyAt = start;
  }

  /** The index of the event's block, -1 if it has none. */
  long index() {
    return index;
  }

  /** The array that contains the event. */
  byte[] data() {
    return data;
  }

  /**
   * The event's content: its delta, block, message or error.
   *
   * @throws MalformedInput if it has none
   */
  JsonCursor body() {
    if (bodyAt == ABSENT) {
      throw missing("the event's content");
    }
    return cursor.over(data, bodyAt, end);
  }

  boolean hasUsage() {
    return usageAt != ABSENT;
  }

  /** The event's {@code usage}. */
  JsonCursor usage() {
    return cursor.over(data, usageAt, end);
  }

  /** Reports the members of the event that are not among those. */
  void report(ReplyMembers read, Consumer<String> unread) {
    read.report(data, start, end, unread);
  }

  /** The failure to report if something is missing from the event. */
  MalformedInput missing(String what) {
    return new MalformedInput(end, what);
  }
}
