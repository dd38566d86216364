package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.Arrays;

/**
 * Scans one event of a stream for its kind, its number, and the position of its response object.
 * Checks every byte and allocates nothing. Reused for all events of a stream; not thread-safe.
 */
final class FrameScanner {
  /** What an event means for a relay. */
  enum Kind {
    /** The response begins. */
    CREATED,
    /** A part of the output. */
    PIECE,
    /** The last event of a response, complete or incomplete. */
    LAST,
    /** The last event of a failed response, or an error. */
    FAILED,
    /** Any other event. */
    OTHER
  }

  private static final byte[] TYPE = ascii("type");
  private static final byte[] NUMBER = ascii("sequence_number");
  private static final byte[] RESPONSE = ascii("response");
  private static final byte[] DELTA = ascii(".delta");
  private static final byte[] CREATED = ascii("response.created");
  private static final byte[] COMPLETED = ascii("response.completed");
  private static final byte[] INCOMPLETE = ascii("response.incomplete");
  private static final byte[] FAILED = ascii("response.failed");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] ITEM_DONE = ascii("response.output_item.done");

  private final JsonCursor cursor = new JsonCursor();
  private byte[] bytes = {};
  private Kind kind = Kind.OTHER;
  private boolean itemDone;
  private long number;
  private int responseStart;
  private int responseEnd;

  /**
   * Scans an event.
   *
   * @throws MalformedInput if it is not one
   */
  void scan(byte[] data, int from, int to) {
    bytes = data;
    number = -1;
    responseStart = 0;
    responseEnd = 0;
    itemDone = false;
    int typeStart = 0;
    int typeEnd = 0;
    boolean error = false;
    cursor.over(data, from, to);
    cursor.enterObject();
    while (cursor.nextMember()) {
      int start = cursor.offset();
      if (cursor.nameIs(NUMBER)) {
        number = cursor.count();
        continue;
      }
      boolean type = cursor.nameIs(TYPE) && cursor.peek() == '"';
      boolean response = cursor.nameIs(RESPONSE) && cursor.peek() == '{';
      error |= cursor.nameIs(ERROR) && cursor.peek() != 'n';
      cursor.skip();
      if (type) {
        typeStart = start + 1;
        typeEnd = cursor.offset() - 1;
      } else if (response) {
        responseStart = start;
        responseEnd = cursor.offset();
      }
    }
    cursor.finish();
    if (typeEnd == typeStart && !error) {
      throw new MalformedInput(from, "an event with a type");
    }
    kind = typeEnd == typeStart ? Kind.FAILED : kind(typeStart, typeEnd);
    if (responseEnd == 0 && (kind == Kind.CREATED || kind == Kind.LAST)) {
      throw new MalformedInput(from, "an event with its response");
    }
  }

  private Kind kind(int from, int to) {
    int suffix = to - DELTA.length;
    if (suffix > from && Arrays.equals(bytes, suffix, to, DELTA, 0, DELTA.length)) {
      return Kind.PIECE;
    }
    if (is(ITEM_DONE, from, to)) {
      // Hidden reasoning has no other event.
      itemDone = true;
      return Kind.PIECE;
    }
    if (is(CREATED, from, to)) {
      return Kind.CREATED;
    }
    if (is(COMPLETED, from, to) || is(INCOMPLETE, from, to)) {
      return Kind.LAST;
    }
    return is(FAILED, from, to) || is(ERROR, from, to) ? Kind.FAILED : Kind.OTHER;
  }

  private boolean is(byte[] type, int from, int to) {
    return Arrays.equals(bytes, from, to, type, 0, type.length);
  }

  Kind kind() {
    return kind;
  }

  /** Whether the event ends an item of the output. */
  boolean endsItem() {
    return itemDone;
  }

  /** The event's number; -1 if it has none. */
  long number() {
    return number;
  }

  /** The offset of its response object in the data; 0 if it has none. */
  int responseStart() {
    return responseStart;
  }

  int responseEnd() {
    return responseEnd;
  }
}
