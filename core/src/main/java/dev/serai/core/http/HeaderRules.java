package dev.serai.core.http;

import dev.serai.core.secret.KeyForms;
import java.util.Locale;
import java.util.Set;

/** Checks header fields that operators write in settings and clients in requests. Pure. */
public final class HeaderRules {
  private static final int MAX_ID_LENGTH = 128;
  private static final int MAX_VALUE_LENGTH = 4096;

  /** Fields that frame a request, manage its connection, or name the gateway. */
  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-encoding",
          "transfer-encoding",
          "accept-encoding",
          "keep-alive",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "proxy-authorization",
          "proxy-connection",
          "user-agent");

  /** What shows a key to a provider. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key");

  /** What else may show a secret of a client to the gateway. */
  private static final Set<String> OF_CLIENTS =
      Set.of("cookie", "proxy-authorization", "x-signature");

  private HeaderRules() {}

  /**
   * Checks a field that an operator adds to requests to a provider (RFC 9110, section 5).
   *
   * @throws IllegalArgumentException if it is malformed or an operator may not set it; the message
   *     does not contain the value, which may be a secret
   */
  public static void requireAddable(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isTokenChar)) {
      throw new IllegalArgumentException("headers has an invalid header name: " + name);
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "headers must not have " + name + ": Serai sets it itself");
    }
    boolean clean = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
    if (!clean || value.isBlank() || value.length() > MAX_VALUE_LENGTH) {
      throw new IllegalArgumentException(
          "headers has a value for " + name + " that is not 1 to 4096 printable ASCII characters");
    }
  }

  /**
   * Checks a field that is set for an alias or a model, and not for a provider, to which its keys
   * belong.
   *
   * @param why what is wrong with a key in this place
   * @throws IllegalArgumentException if {@link #requireAddable} throws, or it would show a key
   */
  public static void requireNoKey(String name, String value, String why) {
    requireAddable(name, value);
    if (CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "headers must not have " + name + ", " + why + ": set it in providers.NAME.headers");
    }
  }

  /** A copy of header fields of a client without those that may show a key or a cookie. */
  public static HeaderFields withoutCredentials(Headers received) {
    HeaderFields kept = new HeaderFields();
    received.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!CREDENTIALS.contains(lower) && !OF_CLIENTS.contains(lower)) {
            kept.add(name, value);
          }
        });
    return kept;
  }

  /**
   * Whether a client's request ID is used: 1 to 128 letters, digits and {@code - _ . : =}, and no
   * API key, because it is logged.
   */
  public static boolean isRequestId(CharSequence id) {
    if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (!isAlphanumeric(c) && "-_.:=".indexOf(c) < 0) {
        return false;
      }
    }
    return !KeyForms.isIn(id.toString());
  }

  private static boolean isTokenChar(int c) {
    return isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
