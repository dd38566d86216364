package dev.serai.adapters.dialects.media;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A media type as RFC 9110, section 8.3.1, writes it: type and subtype, then parameters whose
 * values may be quoted. Names have no case. Immutable.
 *
 * @param essence type and subtype in lower case, under the registered name where clients use
 *     another one; empty if there is none
 * @param parameters by name in lower case
 */
public record MediaType(String essence, Map<String, String> parameters) {
  private static final Map<String, String> REGISTERED =
      Map.of(
          "image/jpg", "image/jpeg",
          "image/pjpeg", "image/jpeg",
          "image/x-png", "image/png",
          "application/x-pdf", "application/pdf");

  public MediaType {
    parameters = Map.copyOf(parameters);
  }

  /** Reads a media type. The bare ending of a file name, as in "png", is accepted too. */
  public static MediaType parse(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = end(text, 0);
    String name = text.substring(0, at).strip().toLowerCase(Locale.ROOT);
    while (at < text.length()) {
      int next = end(text, at + 1);
      parameter(text.substring(at + 1, next), parameters);
      at = next;
    }
    String essence = name.indexOf('/') > 0 ? name : FileNames.typeOfEnding(name).orElse("");
    return new MediaType(REGISTERED.getOrDefault(essence, essence), parameters);
  }

  /** The offset of the next semicolon outside quotes. */
  private static int end(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private static void parameter(String text, Map<String, String> parameters) {
    int equals = text.indexOf('=');
    if (equals > 0) {
      String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      parameters.putIfAbsent(name, unquoted(text.substring(equals + 1).strip()));
    }
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 1; i < value.length() - 1; i++) {
      if (value.charAt(i) == '\\' && i < value.length() - 2) {
        i++;
      }
      plain.append(value.charAt(i));
    }
    return plain.toString();
  }

  /** Whether it does not name the format of the data. */
  boolean isUnknown() {
    return essence.isEmpty() || essence.equals(InlineMedia.UNKNOWN_TYPE);
  }
}
