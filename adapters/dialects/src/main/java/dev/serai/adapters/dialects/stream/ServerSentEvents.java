package dev.serai.adapters.dialects.stream;

import java.nio.charset.StandardCharsets;

/** What every stream of server-sent events may hold (WHATWG HTML, "Server-sent events"). */
public final class ServerSentEvents {
  private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

  private ServerSentEvents() {}

  /** A line that clients read over, for a stream that is silent. */
  public static byte[] comment() {
    return COMMENT.clone();
  }
}
