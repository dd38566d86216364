package dev.serai.core.http;

/** An HTTP reply, complete or streaming. The same type on both sides of the gateway. */
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
}
