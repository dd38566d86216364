package dev.serai.adapters.dialects.stream;

import static dev.serai.core.json.JsonWriter.ascii;

import dev.serai.core.json.JsonWriter;
import java.util.Arrays;

/**
 * The grammar of server-sent events (WHATWG HTML, "Server-sent events") as vendors write it.
 * Stateless.
 */
public final class ServerSentEvents {
  private static final byte[] COMMENT = ascii(": keep-alive\n\n");
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] DATA_OF_EVENT = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");
  private static final byte[] DONE = ascii("[DONE]");
  private static final byte[] DONE_EVENT = ascii("data: [DONE]\n\n");

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

  /** The event that {@link #isDone} finds. */
  public static byte[] done() {
    return DONE_EVENT.clone();
  }

  /** Begins an event without a name, up to its data. */
  public static JsonWriter begin(JsonWriter out) {
    return out.raw(DATA);
  }

  /** Begins an event with a name, which its data, an object, repeat as {@code type}. */
  public static JsonWriter begin(JsonWriter out, String name) {
    out.raw(EVENT).raw(ascii(name)).raw(DATA_OF_EVENT);
    return out.beginObject().member("type", name);
  }

  /** Ends an event, after its data. */
  public static JsonWriter end(JsonWriter out) {
    return out.raw(END);
  }

  /** A line that clients read over, for a stream that is silent. */
  public static byte[] comment() {
    return COMMENT.clone();
  }
}
