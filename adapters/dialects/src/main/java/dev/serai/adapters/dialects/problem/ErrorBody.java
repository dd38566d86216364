package dev.serai.adapters.dialects.problem;

import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.GatewayProblem;
import java.util.function.Function;

/**
 * Limits the body of an error to 1 KB: its message may quote long input, so it is truncated.
 * Stateless.
 */
public final class ErrorBody {
  private static final int MAX_BYTES = 1024;
  private static final int MAX_MESSAGE = 600;

  private ErrorBody() {}

  /**
   * The body with as much of the message as fits.
   *
   * @param body writes the body with a message; called again with a shorter one while it is too
   *     long
   */
  public static byte[] of(String message, Function<String, byte[]> body) {
    int longest = Math.min(MAX_MESSAGE, message.length());
    byte[] text = body.apply(cut(message, longest));
    while (text.length > MAX_BYTES && longest > 0) {
      longest /= 2;
      text = body.apply(cut(message, longest));
    }
    return text;
  }

  /** Adds the facts of a problem as an object of texts; nothing if it has none. */
  public static void explain(JsonWriter out, String name, GatewayProblem problem) {
    if (!problem.explanation().isEmpty()) {
      out.name(name).beginObject();
      problem.explanation().forEach(out::member);
      out.endObject();
    }
  }

  /** A text of at most that many characters, with dots for the rest. */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    boolean half = max > 0 && Character.isHighSurrogate(text.charAt(max - 1));
    return text.substring(0, half ? max - 1 : max) + "...";
  }
}
