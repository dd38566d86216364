package dev.serai.adapters.dialects.problem;

import dev.serai.core.dialect.Destination;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Removes from the message of a provider what callers must not see: keys, URLs, hosts, paths. A
 * provider may be internal, and its messages quote internal failures.
 */
public final class MessageRedaction {
  private static final int MAX_LENGTH = 500;
  private static final Pattern SECRETS =
      Pattern.compile(
          "\\b(?:sk|pk|key)-[\\w*-]{4,}"
              + "|\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"
              + "|(?i:\\barn:aws\\S*)"
              + "|(?i:\\bbearer\\s+\\S+)"
              + "|(?i:\\b[a-z][a-z0-9+.-]*://\\S+)"
              + "|\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?\\b"
              + "|(?i:\\b(?:[a-z0-9-]+\\.)+"
              + "(?:com|net|org|io|ai|cn|dev|cloud|local|internal|lan|svc)\\b(?::\\d+)?)"
              + "|(?i:\\blocalhost\\b(?::\\d+)?)"
              + "|(?<!\\S)/(?:[\\w.-]+/)+[\\w.-]*");
  private static final Pattern WORD = Pattern.compile("[\\w. -]{1,64}");
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private MessageRedaction() {}

  /** The message for a caller: one line, at most 500 characters. */
  public static String of(String message, Destination destination) {
    String cut = message.length() > 4 * MAX_LENGTH ? message.substring(0, 4 * MAX_LENGTH) : message;
    String text = CONTROLS.matcher(cut).replaceAll(" ");
    String key = destination.key().orElse("");
    text = key.isEmpty() ? text : text.replace(key, "[removed]");
    text = SECRETS.matcher(text).replaceAll("[removed]").strip();
    return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
  }

  /**
   * A provider's code or type of an error for a caller: empty unless it consists of letters,
   * digits, spaces, '_', '.' and '-', and contains no secret.
   */
  public static Optional<String> word(String code, Destination destination) {
    return WORD.matcher(code).matches() && of(code, destination).equals(code)
        ? Optional.of(code)
        : Optional.empty();
  }
}
