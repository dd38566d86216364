package dev.serai.adapters.dialects.translation;

import dev.serai.core.dialect.Destination;
import java.util.regex.Pattern;

/**
 * Takes out of a provider's message what callers must not learn: keys, addresses, hosts, paths. A
 * provider may be inside the house, and its messages quote whatever went wrong there.
 */
public final class Redaction {
  private static final int LONGEST = 500;
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
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private Redaction() {}

  /** The message as a caller may read it: one line, at most 500 characters. */
  public static String of(String message, Destination destination) {
    String cut = message.length() > 4 * LONGEST ? message.substring(0, 4 * LONGEST) : message;
    String text = CONTROLS.matcher(cut).replaceAll(" ");
    String key = destination.key().orElse("");
    text = key.isEmpty() ? text : text.replace(key, "[removed]");
    text = SECRETS.matcher(text).replaceAll("[removed]").strip();
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
  }
}
