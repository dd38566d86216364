package dev.serai.adapters.dialects.problem;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds known wordings in the message of a provider. A message of the status 400 or 422 may quote
 * values of the client, which must not disable a key: it has to begin with the wording, or with the
 * name of an exception and the wording, as gateways in between write it. Pure.
 */
final class Wordings {
  private static final int MAX_LENGTH = 2000;
  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422;

  private static final Pattern PREFIX =
      Pattern.compile(
          "^(?:[\\w.]{0,60}(?:exception|error)\\s{0,3}[:-]\\s{0,3}"
              + "|the model returned the following errors:\\s{0,3}){1,4}");

  private Wordings() {}

  /**
   * Whether a message has one of the wordings.
   *
   * @param wordings in lower case
   * @param status of the reply that has the message
   */
  static boolean any(List<String> wordings, int status, String message) {
    String text = lowerCase(message);
    if (status != BAD_REQUEST && status != UNPROCESSABLE) {
      return wordings.stream().anyMatch(text::contains);
    }
    Matcher prefix = PREFIX.matcher(text);
    int start = prefix.find() ? prefix.end() : 0;
    return wordings.stream().anyMatch(wording -> text.startsWith(wording, start));
  }

  /** The start of a message, in lower case. */
  static String lowerCase(String message) {
    return message.substring(0, Math.min(message.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT);
  }
}
