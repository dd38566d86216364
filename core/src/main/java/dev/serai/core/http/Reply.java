package dev.serai.core.http;

/** An HTTP answer: all there, or arriving. The same type on both sides of the gateway. */
public sealed interface Reply {
  int status();

  Headers headers();

  /** Everything is here. */
  record Complete(int status, Headers headers, byte[] body) implements Reply {
    @Override
    public String toString() {
      return "Complete " + status + " (" + body.length + " bytes)";
    }
  }

  /** The head is here, the body comes as {@code stream} is read. */
  record Streaming(int status, Headers headers, ByteStream stream) implements Reply {}
}
