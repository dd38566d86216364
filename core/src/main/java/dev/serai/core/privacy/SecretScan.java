package dev.serai.core.privacy;

import dev.serai.core.secret.KeyForms;
import java.util.Set;

/** Recognises API keys and tokens by their form, and passwords by the word in front of them. */
final class SecretScan {
  private static final int MAX_VALUE = 256;
  private static final double MIN_ENTROPY = 2.3;
  private static final String PEM = "-----BEGIN ";

  private static final Set<String> WORDS =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "pwd",
          "secret",
          "token",
          "api_key",
          "apikey",
          "access_key",
          "secret_key",
          "private_key",
          "account_key",
          "auth_key",
          "auth_token",
          "access_token",
          "passwort",
          "kennwort",
          "credential",
          "credentials",
          "client_secret");

  private SecretScan() {}

  /** The key that begins at an offset, by its form. */
  static Finding byForm(String text, int start) {
    int end = KeyForms.end(text, start);
    return end < 0 ? Scan.NOTHING : new Finding(PiiKind.SECRET, start, end);
  }

  /** The private key in PEM (RFC 7468) that begins at an offset; without its end, all the rest. */
  static Finding pem(String text, int start) {
    int label = start + PEM.length();
    int labelEnd = text.indexOf("-----", Math.min(label, text.length()));
    boolean key =
        text.startsWith(PEM, start)
            && labelEnd > 0
            && labelEnd - label < 40
            && text.substring(label, labelEnd).endsWith("PRIVATE KEY");
    if (!key) {
      return Scan.NOTHING;
    }
    String last = "-----END " + text.substring(label, labelEnd) + "-----";
    int end = text.indexOf(last, labelEnd);
    return new Finding(PiiKind.SECRET, start, end < 0 ? text.length() : end + last.length());
  }

  /**
   * The value that follows a word such as {@code password}: after a colon, an equals sign or "is",
   * with or without quotes.
   *
   * @param start of the word
   * @param wordEnd behind it
   */
  static Finding afterWord(String text, int start, int wordEnd) {
    int at = wordEnd;
    boolean bearer = wordEnd - start == 6 && text.regionMatches(true, start, "bearer", 0, 6);
    if (!bearer) {
      at = pastQuotes(text, at);
      if (text.startsWith("is", at) && Chars.at(text, at + 2) == ' ') {
        at += 2;
      } else if (Chars.at(text, at) == ':' || Chars.at(text, at) == '=') {
        at += Chars.at(text, at + 1) == '>' || Chars.at(text, at + 1) == '=' ? 2 : 1;
      } else {
        return Scan.NOTHING;
      }
      if (!isSecretName(text.substring(start, wordEnd))) {
        return Scan.NOTHING;
      }
    }
    at = pastQuotes(text, at);
    int end = valueEnd(text, at);
    return isSecret(text, at, end) ? new Finding(PiiKind.SECRET, at, end, true) : Scan.NOTHING;
  }

  /** Whether a character may follow the name of a value. */
  static boolean mayFollow(char c) {
    return c == ' ' || c == ':' || c == '=' || c == '_' || c == '-' || isQuote(c);
  }

  /** Whether a character may follow the blank behind the name of a value. */
  static boolean mayAssign(char c) {
    return c == 'i' || c == ':' || c == '=' || c == ' ' || isQuote(c);
  }

  private static boolean isBlankOrQuote(char c) {
    return c == ' ' || isQuote(c);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'' || c == '`' || c == '\\';
  }

  /** At most three blanks, quotes and backslashes: {@code \": \"}. */
  private static int pastQuotes(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < 3 && isBlankOrQuote(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int valueEnd(String text, int from) {
    int end = from;
    int limit = Math.min(text.length(), from + MAX_VALUE);
    while (end < limit && text.charAt(end) > ' ' && "\"'`\\,;<>)]}".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > from && ".?:".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** Whether a name, or its last part, is that of a secret: {@code DB_PASSWORD}, {@code apiKey}. */
  static boolean isSecretName(String name) {
    String normal = Words.normal(name);
    if (WORDS.contains(normal)) {
      return true;
    }
    int last = normal.lastIndexOf('_');
    int before = last < 0 ? -1 : normal.lastIndexOf('_', last - 1);
    return last > 0
        && (WORDS.contains(normal.substring(last + 1))
            || WORDS.contains(normal.substring(before + 1)));
  }

  /** Whether a value looks random enough: letters and digits, and no reference to a variable. */
  static boolean isSecret(String text, int from, int to) {
    boolean reference = to > from && "$<{[(%".indexOf(text.charAt(from)) >= 0;
    if (to - from < 8 || to - from > MAX_VALUE || reference || !hasDigit(text, from, to)) {
      return false;
    }
    boolean letter = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      letter |= Chars.isLetter(c);
      if (c <= ' ' || c == '(' || c == '/' && Chars.at(text, i + 1) == '/') {
        return false;
      }
    }
    return letter && entropy(text, from, to) >= MIN_ENTROPY;
  }

  /** Shannon's entropy of the characters, in bits. */
  private static double entropy(String text, int from, int to) {
    int[] counts = new int[128];
    for (int i = from; i < to; i++) {
      counts[text.charAt(i) & 0x7F]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / (to - from);
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static boolean hasDigit(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Chars.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
