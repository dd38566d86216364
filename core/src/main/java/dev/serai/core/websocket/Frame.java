package dev.serai.core.websocket;

/**
 * A frame of a WebSocket connection, unmasked (RFC 6455, section 5.2). A close frame is a {@link
 * Close}.
 *
 * @param last whether it is the last frame of its message
 * @param payload belongs to the holder of the frame
 */
public record Frame(Kind kind, boolean last, byte[] payload) {
  /** The kinds of frames, other than close. */
  public enum Kind {
    CONTINUATION(0),
    TEXT(1),
    BINARY(2),
    PING(9),
    PONG(10);

    private final int opcode;

    Kind(int number) {
      this.opcode = number;
    }

    /** The number of the kind on the wire. */
    public int opcode() {
      return opcode;
    }

    /** Whether it carries no part of a message. */
    public boolean isControl() {
      return this == PING || this == PONG;
    }
  }

  /** A text message in one frame. */
  public static Frame text(byte[] utf8) {
    return new Frame(Kind.TEXT, true, utf8);
  }

  /** Without the payload, which may hold personal data. */
  @Override
  public String toString() {
    return kind + (last ? " (" : " to be continued (") + payload.length + " bytes)";
  }
}
