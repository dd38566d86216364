package dev.serai.adapters.dialects.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What every stream of server-sent events may hold (WHATWG HTML, "Server-sent events"). */
public final class ServerSentEvents {
  private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private ServerSentEvents() {}

  /**
   * Whether data is {@code [DONE]}, the end of a stream in OpenAI's grammar, which servers of other
   * grammars write too.
   */
  public static boolean isDone(byte[] data, int from, int to) {
    return to - from == DONE.length
        && data[from] == DONE[0]
        && Arrays.equals(data, from, to, DONE, 0, DONE.length);
  }

  /** A line that clients read over, for a stream that is silent. */
  public static byte[] comment() {
    return COMMENT.clone();
  }
}
