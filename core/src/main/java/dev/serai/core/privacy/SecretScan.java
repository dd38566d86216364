package dev.serai.core.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Recognises API keys and tokens by their form, and passwords by the word in front of them. */
final class SecretScan {
  private static final int MAX_SECRET = 4096;
  private static final int MAX_VALUE = 256;
  private static final double MIN_ENTROPY = 2.3;
  private static final String PEM = "-----BEGIN ";

  /**
   * A form of keys.
   *
   * @param prefix of such keys
   * @param rest the least number of characters after it
   */
  private record Form(String prefix, int rest) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("sk-", 20),
          new Form("sk_live_", 16),
          new Form("sk_test_", 16),
          new Form("rk_live_", 16),
          new Form("rk_test_", 16),
          new Form("whsec_", 24),
          new Form("ghp_", 30),
          new Form("gho_", 30),
          new Form("ghu_", 30),
          new Form("ghs_", 30),
          new Form("ghr_", 30),
          new Form("github_pat_", 30),
          new Form("glpat-", 20),
          new Form("AKIA", 16),
          new Form("ASIA", 16),
          new Form("AIza", 35),
          new Form("ya29.", 20),
          new Form("GOCSPX-", 20),
          new Form("xoxb-", 20),
          new Form("xoxp-", 20),
          new Form("xoxa-", 20),
          new Form("xoxr-", 20),
          new Form("xoxs-", 20),
          new Form("xapp-", 20),
          new Form("hf_", 30),
          new Form("gsk_", 40),
          new Form("xai-", 40),
          new Form("r8_", 35),
          new Form("npm_", 36),
          new Form("pypi-", 50),
          new Form("SG.", 40),
          new Form("dop_v1_", 60),
          new Form("shpat_", 32),
          new Form("shpss_", 32),
          new Form("lin_api_", 30),
          new Form("sqp_", 40),
          new Form("dapi", 32),
          new Form("AGE-SECRET-KEY-", 50));

  private static final Form[][] BY_FIRST = new Form['z' + 1][];

  static {
    for (char first = 'A'; first <= 'z'; first++) {
      List<Form> forms = new ArrayList<>();
      for (Form form : FORMS) {
        if (form.prefix.charAt(0) == first) {
          forms.add(form);
        }
      }
      BY_FIRST[first] = forms.toArray(Form[]::new);
    }
  }

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
    char first = text.charAt(start);
    if (first == 'e' && text.startsWith("eyJ", start)) {
      return jwt(text, start);
    }
    if (first < BY_FIRST.length && BY_FIRST[first] != null) {
      for (Form form : BY_FIRST[first]) {
        int rest = start + form.prefix.length();
        boolean near = Chars.at(text, start + 1) == form.prefix.charAt(1);
        if (near && text.startsWith(form.prefix, start)) {
          int end =
              tokenEnd(text, rest, ".".equals(form.prefix.substring(form.prefix.length() - 1)));
          if (end - rest >= form.rest && hasDigit(text, rest, end)) {
            return new Finding(PiiKind.SECRET, start, end);
          }
        }
      }
    }
    return Scan.NOTHING;
  }

  private static int tokenEnd(String text, int from, boolean dots) {
    int end = from;
    int limit = Math.min(text.length(), from + MAX_SECRET);
    while (end < limit && (isToken(text.charAt(end)) || dots && text.charAt(end) == '.')) {
      end++;
    }
    while (end > from && text.charAt(end - 1) == '.') {
      end--;
    }
    return end;
  }

  private static boolean isToken(char c) {
    return c < 0x80 && Chars.isWord(c) || c == '-';
  }

  /** A JSON web token (RFC 7519): header, claims and signature, base64url. */
  private static Finding jwt(String text, int start) {
    int header = tokenEnd(text, start, false);
    int claims = tokenEnd(text, header + 1, false);
    boolean two = header - start > 10 && Chars.at(text, header) == '.' && claims - header > 10;
    if (!two || Chars.at(text, claims) != '.') {
      return Scan.NOTHING;
    }
    return new Finding(PiiKind.SECRET, start, tokenEnd(text, claims + 1, false));
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
