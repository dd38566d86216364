package dev.serai.core.http;

import dev.serai.core.websocket.WebSocket;

/**
 * An HTTP reply: complete, streaming, or the beginning of a WebSocket connection. The same type on
 * both sides of the gateway. Immutable but for its stream or socket, which belong to one event
 * loop.
 */
public sealed interface Reply {
  int status();

  Headers headers();

  /** A reply with its whole body. */
  record Complete(int status, Headers headers, byte[] body) implements Reply {
    @Override
    public String toString() {
      return "Complete " + status + " (" + body.length + " bytes)";
    }
  }

  /** A reply whose body arrives as {@code stream} is read. */
  record Streaming(int status, Headers headers, ByteStream stream) implements Reply {}

  /** The handshake of a WebSocket connection has succeeded; {@code socket} is its other end. */
  record Upgraded(Headers headers, WebSocket socket) implements Reply {
    /** 101 Switching Protocols. */
    public static final int STATUS = 101;

    @Override
    public int status() {
      return STATUS;
    }
  }
}
