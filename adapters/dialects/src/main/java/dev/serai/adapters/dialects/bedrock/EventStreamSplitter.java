package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.Splitter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Splits a stream of bytes into the messages of {@code application/vnd.amazon.eventstream}. A
 * message that is complete in one piece is not copied.
 *
 * <pre>
 * total length (4) | length of headers (4) | CRC-32 of these 8 bytes (4) | headers | payload | CRC-32 of all (4)
 * header: length of name (1) | name | type (1) | value
 * </pre>
 *
 * <p>The format is documented in "Amazon Transcribe: event stream encoding". Numbers are big
 * endian. A length is used only after its checksum is verified, so that a damaged length never
 * makes the splitter wait for bytes that do not arrive. For one stream; not thread-safe. Decision
 * 13 compares it with AWS's own decoder.
 */
final class EventStreamSplitter extends Splitter {
  /** The maximum length of a message in bytes. */
  static final int MAX_MESSAGE = 1024 * 1024;

  private static final int PRELUDE = 12;
  private static final int TRAILER = 4;
  private static final int STRING = 7;
  private static final byte[] MESSAGE_TYPE = ascii(":message-type");
  private static final byte[] EVENT_TYPE = ascii(":event-type");
  private static final byte[] EXCEPTION_TYPE = ascii(":exception-type");
  private static final byte[] ERROR_CODE = ascii(":error-code");
  private static final byte[] ERROR_MESSAGE = ascii(":error-message");
  private static final byte[] EVENT = ascii("event");

  private final CRC32 checksum = new CRC32();
  private int payloadStart;
  private boolean event;
  private int typeStart;
  private int typeEnd;
  private String message = "";

  @Override
  protected int split() {
    int frameStart = start();
    int there = limit() - frameStart;
    if (there < PRELUDE) {
      return 0;
    }
    int total = number(frameStart);
    int headers = number(frameStart + 4);
    check(frameStart, 8);
    if (total > MAX_MESSAGE || total < PRELUDE + TRAILER) {
      throw new MalformedInput(frameStart, "a message of at most " + MAX_MESSAGE + " bytes");
    }
    if (headers < 0 || headers > total - PRELUDE - TRAILER) {
      throw new MalformedInput(frameStart + 4, "headers inside the message");
    }
    if (there < total) {
      return 0;
    }
    check(frameStart, total - TRAILER);
    payloadStart = frameStart + PRELUDE + headers;
    readHeaders(frameStart + PRELUDE, payloadStart);
    return total;
  }

  @Override
  protected void reset() {}

  /** Whether bytes of an incomplete message are left. */
  boolean hasRest() {
    return limit() > end();
  }

  /** Whether the message is an event; otherwise it is an exception or an error. */
  boolean isEvent() {
    return event;
  }

  /** Whether the message has this type, given as ASCII. */
  boolean typeIs(byte[] type) {
    return Arrays.equals(buffer(), typeStart, typeEnd, type, 0, type.length);
  }

  /** The type of the event or the exception, or the code of the error; empty if there is none. */
  String type() {
    return new String(buffer(), typeStart, typeEnd - typeStart, StandardCharsets.UTF_8);
  }

  /** The text of an error, which is in a header; empty if there is none. */
  String errorMessage() {
    return message;
  }

  @Override
  protected boolean isEmptyEvent() {
    return false;
  }

  @Override
  public boolean hasData() {
    return true;
  }

  @Override
  public int dataStart() {
    return payloadStart;
  }

  @Override
  public int dataEnd() {
    return end() - TRAILER;
  }

  private void readHeaders(int from, int to) {
    event = false;
    typeStart = typeEnd = from;
    message = "";
    int at = from;
    while (at < to) {
      int nameStart = at + 1;
      int nameEnd = nameStart + (buffer()[at] & 0xFF);
      if (nameEnd >= to) {
        throw new MalformedInput(at, "a header's name");
      }
      int type = buffer()[nameEnd];
      int valueStart = nameEnd + 1 + (type == 6 || type == STRING ? 2 : 0);
      if (valueStart > to) {
        throw new MalformedInput(nameEnd, "a header's value");
      }
      int valueEnd = valueStart + length(type, nameEnd);
      if (valueEnd > to) {
        throw new MalformedInput(nameEnd, "a header's value");
      }
      if (type == STRING) {
        header(nameStart, nameEnd, valueStart, valueEnd);
      }
      at = valueEnd;
    }
  }

  private int length(int type, int typeAt) {
    return switch (type) {
      case 0, 1 -> 0; // true and false
      case 2 -> 1;
      case 3 -> 2;
      case 4 -> 4;
      case 5, 8 -> 8; // a long and a time
      case 6, STRING -> (buffer()[typeAt + 1] & 0xFF) << 8 | buffer()[typeAt + 2] & 0xFF;
      case 9 -> 16; // a UUID
      default -> throw new MalformedInput(typeAt, "a header's type");
    };
  }

  private void header(int nameStart, int nameEnd, int valueStart, int valueEnd) {
    if (is(MESSAGE_TYPE, nameStart, nameEnd)) {
      event = is(EVENT, valueStart, valueEnd);
    } else if (is(EVENT_TYPE, nameStart, nameEnd)
        || is(EXCEPTION_TYPE, nameStart, nameEnd)
        || is(ERROR_CODE, nameStart, nameEnd)) {
      typeStart = valueStart;
      typeEnd = valueEnd;
    } else if (is(ERROR_MESSAGE, nameStart, nameEnd)) {
      message = new String(buffer(), valueStart, valueEnd - valueStart, StandardCharsets.UTF_8);
    }
  }

  private boolean is(byte[] text, int from, int to) {
    return Arrays.equals(buffer(), from, to, text, 0, text.length);
  }

  private void check(int from, int length) {
    checksum.reset();
    checksum.update(buffer(), from, length);
    if ((int) checksum.getValue() != number(from + length)) {
      throw new MalformedInput(from + length, "the checksum of what is before");
    }
  }

  private int number(int at) {
    return buffer()[at] << 24
        | (buffer()[at + 1] & 0xFF) << 16
        | (buffer()[at + 2] & 0xFF) << 8
        | buffer()[at + 3] & 0xFF;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
