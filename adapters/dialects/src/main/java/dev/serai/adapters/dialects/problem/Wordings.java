package dev.serai.adapters.dialects.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds known wordings in the message of a provider. A message about the request may quote values
 * of the client, such as the name of a model, which must not disable a key: it has to begin with
 * the wording, or with the name of an exception and the wording, as gateways in between write it.
 * Only where the status says that the account or the provider is at fault may the wording stand
 * anywhere. Pure.
 */
final class Wordings {
  private static final int MAX_LENGTH = 2000;
  private static final int FIRST_OF_PROVIDER = 500;

  /** Statuses below 500 that are about the account: 401, 402, 403, 412 and 429. */
  private static final Set<Integer> OF_ACCOUNT = Set.of(401, 402, 403, 412, 429);

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
    if (status >= FIRST_OF_PROVIDER || OF_ACCOUNT.contains(status)) {
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
