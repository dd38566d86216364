package dev.serai.adapters.dialects.responses;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.adapters.dialects.json.JsonCursor;
import dev.serai.adapters.dialects.json.MalformedInput;
import java.util.Arrays;

/**
 * Walks one event of a stream and notes what it is, its number, and where its response is. Checks
 * every byte, builds nothing. Used again for each event of a stream; not thread-safe.
 */
final class EventWalk {
  /** What an event means for whoever only hands it on. */
  enum Kind {
    /** The response begins. */
    CREATED,
    /** A piece of the answer. */
    PIECE,
    /** The last event of an answer, whole or cut. */
    LAST,
    /** The last event of an answer that failed. */
    FAILED,
    /** Something between them. */
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
  private long number;
  private int responseStart;
  private int responseEnd;

  /**
   * Walks an event.
   *
   * @throws MalformedInput if it is none
   */
  void over(byte[] data, int from, int to) {
    bytes = data;
    number = -1;
    responseStart = 0;
    responseEnd = 0;
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
      // Of hidden thought this is all there is.
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

  /** The event's number; -1 if it has none. */
  long number() {
    return number;
  }

  /** Where its response starts in the data; 0 if it has none. */
  int responseStart() {
    return responseStart;
  }

  int responseEnd() {
    return responseEnd;
  }
}
