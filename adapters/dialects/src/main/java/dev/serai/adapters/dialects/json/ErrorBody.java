package dev.serai.adapters.dialects.json;

import java.util.function.Function;

/**
 * An error's text of at most 1 KB: what it quotes may be long, so its message is cut. Stateless.
 */
public final class ErrorBody {
  private static final int LARGEST = 1024;
  private static final int LONGEST_MESSAGE = 600;

  private ErrorBody() {}

  /**
   * The text with as much of the message as there is room for.
   *
   * @param written the text with a message; called again with a shorter one while it is too large
   */
  public static byte[] of(String message, Function<String, byte[]> written) {
    int longest = Math.min(LONGEST_MESSAGE, message.length());
    byte[] text = written.apply(cut(message, longest));
    while (text.length > LARGEST && longest > 0) {
      longest /= 2;
      text = written.apply(cut(message, longest));
    }
    return text;
  }

  /** A text of at most so many characters, with dots for those left out. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean half = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, half ? longest - 1 : longest) + "...";
  }
}
