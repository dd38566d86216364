package dev.serai.adapters.dialects.problem;

import dev.serai.core.dialect.Destination;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Removes from the message of a provider what callers must not see: the secrets that are sent to
 * it, URLs, hosts, paths, classes. A provider may be internal, and its messages quote internal
 * failures. Addresses of vendors' public pages stay. Stateless.
 */
public final class MessageRedaction {
  private static final int MAX_LENGTH = 500;

  /** How much of a message is looked at. */
  private static final int MAX_READ = 16 * 1024;

  private static final Pattern SECRETS =
      Pattern.compile(
          "\\b(?:sk|pk|key)-[\\w*-]{4,}"
              + "|\\b(?:AKIA|ASIA)[A-Z0-9]{12,}"
              + "|(?i:\\barn:aws\\S*)"
              + "|(?i:\\bbearer\\s+\\S+)"
              + "|(?i:\\b[a-z][a-z0-9+.-]*://\\S+)"
              + "|\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?\\b"
              + "|(?i:\\b(?:[a-z0-9-]{1,63}\\.){1,30}"
              + "(?:com|net|org|io|ai|cn|dev|cloud|local|internal|lan|svc)\\b(?::\\d+)?)"
              + "|(?i:\\blocalhost\\b(?::\\d+)?)");
  private static final Pattern WORD = Pattern.compile("[\\w. -]{1,64}");

  /** Also lone surrogates and the separators of lines. */
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+");

  /** Marks that change the direction of text (UAX #9), and the byte order mark. */
  private static final Pattern DIRECTIONS =
      Pattern.compile("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]+");

  private MessageRedaction() {}

  /** The message for a caller: one line, at most 500 characters. */
  public static String of(String message, Destination destination) {
    String read = cut(message, MAX_READ);
    String text = DIRECTIONS.matcher(read).replaceAll("");
    text = CONTROLS.matcher(text).replaceAll(" ");
    text = withoutSecrets(text, destination, read.length() < message.length());
    text = wholeWords(text);
    PublicPages pages = new PublicPages();
    text = pages.hidden(text);
    text = SECRETS.matcher(text).replaceAll("[removed]");
    text = InternalNames.ANY.matcher(text).replaceAll("[removed]").strip();
    text = pages.restored(text);
    return text.length() > MAX_LENGTH ? cut(text, MAX_LENGTH) + "..." : text;
  }

  private static String withoutSecrets(String text, Destination destination, boolean cut) {
    String key = destination.key().orElse("");
    String clean = QuotedSecrets.remove(text, destination.secrets(), cut);
    return QuotedSecrets.removeKey(clean, key);
  }

  /** So much as can be shown, without the word at the end, which may be a part of a secret. */
  private static String wholeWords(String text) {
    if (text.length() <= 4 * MAX_LENGTH) {
      return text;
    }
    String cut = cut(text, 4 * MAX_LENGTH);
    int blank = cut.lastIndexOf(' ');
    return blank < 0 ? cut : cut.substring(0, blank);
  }

  /** At most so many characters, and no half of a surrogate pair. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
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
