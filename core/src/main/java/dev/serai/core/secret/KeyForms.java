package dev.serai.core.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds API keys and tokens by their form, so that a key that was written by mistake in the place
 * of an ID, a name or a label is not shown. The time grows with the length of the text. Pure.
 */
public final class KeyForms {
  /** The text that replaces a key. */
  public static final String MARK = "[redacted]";

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

  /** Among so many characters of a random key there is a digit. */
  private static final int MAX_SEARCH = 256;

  private static final int MAX_TOKEN_HEADER = 4 * 1024;
  private static final int MAX_TOKEN_CLAIMS = 16 * 1024;

  /** A random key of hexadecimal digits has at least this length. */
  private static final int MIN_RANDOM = 32;

  /** How much of such a key is shown, since it may be an ID. */
  private static final int SHOWN = 6;

  /**
   * A form of keys.
   *
   * @param prefix of such keys
   * @param rest the least number of characters after it
   */
  private record Form(String prefix, int rest) {
    boolean hasDots() {
      return prefix.endsWith(".");
    }
  }

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
          new Form("tgp_v1_", 30),
          new Form("lsv2_", 30),
          new Form("shpat_", 32),
          new Form("shpss_", 32),
          new Form("lin_api_", 30),
          new Form("sqp_", 40),
          new Form("dapi", 32),
          new Form("AGE-SECRET-KEY-", 50));

  /** What IDs begin with, before an underscore: those of Serai and of the providers' APIs. */
  private static final Set<String> ID_PREFIXES =
      Set.of(
          "asst",
          "batch",
          "budget",
          "call",
          "conv",
          "cred",
          "ctc",
          "ctco",
          "fc",
          "fco",
          "file",
          "item",
          "key",
          "msg",
          "msgbatch",
          "page",
          "req",
          "resp",
          "rs",
          "run",
          "thread",
          "toolu",
          "tsc",
          "user",
          "vs");

  private static final int MAX_ID_PREFIX = 8;

  private static final Form[][] BY_FIRST = new Form['z' + 1][];

  /** No key is shorter, also none of the tokens that {@link #tokenEnd} finds. */
  private static final int MIN_LENGTH =
      FORMS.stream().mapToInt(form -> form.prefix.length() + form.rest).min().orElse(0);

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

  private KeyForms() {}

  /** The offset behind the key that begins at an offset; -1 if none begins there. */
  public static int end(String text, int start) {
    char first = text.charAt(start);
    if (first == 'e' && text.startsWith("eyJ", start)) {
      return tokenEnd(text, start);
    }
    if (first < BY_FIRST.length && BY_FIRST[first] != null) {
      for (Form form : BY_FIRST[first]) {
        int end = end(text, start, form);
        if (end >= 0) {
          return end;
        }
      }
    }
    return -1;
  }

  private static int end(String text, int start, Form form) {
    if (at(text, start + 1) != form.prefix.charAt(1) || !text.startsWith(form.prefix, start)) {
      return -1;
    }
    int rest = start + form.prefix.length();
    int end = wordEnd(text, rest, MAX_SEARCH, form.hasDots());
    boolean found = end - rest >= form.rest && hasDigit(text, rest, end);
    return found ? wordEnd(text, rest, text.length(), form.hasDots()) : -1;
  }

  /** Whether a key is in the text. */
  public static boolean isIn(String text) {
    return next(text, 0) < text.length();
  }

  /** The text with a mark in the place of each key. */
  public static String redacted(String text) {
    int key = next(text, 0);
    if (key == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    int from = 0;
    while (key < text.length()) {
      shown.append(text, from, key).append(MARK);
      from = end(text, key);
      key = next(text, from);
    }
    return shown.append(text, from, text.length()).toString();
  }

  /**
   * The text without keys, also of an unknown form: of 32 letters and digits or more in sequence,
   * the first are shown, unless they are a number, or an ID such as {@code resp_...}.
   */
  public static String redactedText(String text) {
    StringBuilder shown = new StringBuilder();
    show(redacted(text), shown);
    return shown.toString();
  }

  /**
   * The path of a request as it is logged: keys of a known form are replaced, also if they are
   * percent-encoded. Of 32 letters and digits or more in sequence, which may be a key of another
   * form, the first are shown, unless they are a number, or an ID such as {@code resp_...}.
   */
  public static String redactedPath(String path) {
    String plain = path.indexOf('%') < 0 ? path : ESCAPE.matcher(path).replaceAll(KeyForms::plain);
    StringBuilder shown = new StringBuilder();
    Matcher escapes = ESCAPE.matcher(plain);
    int from = 0;
    while (escapes.find()) {
      show(redacted(plain.substring(from, escapes.start())), shown);
      shown.append(escapes.group());
      from = escapes.end();
    }
    show(redacted(plain.substring(from)), shown);
    return shown.toString();
  }

  /** An escape, or the character that needs none (RFC 3986, section 6.2.2.2). */
  private static String plain(MatchResult escape) {
    char c = (char) Integer.parseInt(escape.group().substring(1), 16);
    return isWord(c) || c == '.' ? Character.toString(c) : escape.group();
  }

  private static void show(String text, StringBuilder shown) {
    int at = 0;
    while (at < text.length()) {
      int end = runEnd(text, at);
      boolean random =
          end - at >= MIN_RANDOM && hasDigit(text, at, end) && !isNumber(text, at, end);
      boolean id = isOfId(text, at);
      shown.append(text, at, random && !id ? at + SHOWN : end);
      shown.append(random && !id ? MARK : "");
      at = end;
    }
  }

  /** Whether the prefix of an ID is right before this offset. */
  private static boolean isOfId(String text, int at) {
    int underscore = at - 1;
    if (underscore < 0 || text.charAt(underscore) != '_') {
      return false;
    }
    int start = underscore;
    while (start > 0 && underscore - start <= MAX_ID_PREFIX && isWord(text.charAt(start - 1))) {
      start--;
    }
    return ID_PREFIXES.contains(text.substring(start, underscore));
  }

  /** The offset of the next key; the length of the text if there is none. */
  private static int next(String text, int from) {
    int last = text.length() - MIN_LENGTH;
    for (int i = from; i <= last; i++) {
      boolean inWord = i > 0 && (isAlphanumeric(text.charAt(i - 1)) || text.charAt(i - 1) == '_');
      if (!inWord && end(text, i) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The end of the letters and digits that begin here, or of the one other character. */
  private static int runEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isAlphanumeric(text.charAt(end))) {
      end++;
    }
    return Math.max(end, from + 1);
  }

  /** The end of a JSON web token (RFC 7519): header, claims and signature, base64url; or -1. */
  private static int tokenEnd(String text, int start) {
    int header = wordEnd(text, start, MAX_TOKEN_HEADER, false);
    int claims = wordEnd(text, header + 1, MAX_TOKEN_CLAIMS, false);
    boolean two = header - start > 10 && at(text, header) == '.' && claims - header > 10;
    return two && at(text, claims) == '.' ? wordEnd(text, claims + 1, text.length(), false) : -1;
  }

  /** The end of the word that begins here, or of so much of it. */
  private static int wordEnd(String text, int from, int most, boolean dots) {
    int end = from;
    int limit = (int) Math.min(text.length(), (long) from + most);
    while (end < limit && (isWord(text.charAt(end)) || dots && text.charAt(end) == '.')) {
      end++;
    }
    while (end > from && text.charAt(end - 1) == '.') {
      end--;
    }
    return end;
  }

  private static char at(String text, int offset) {
    return offset < text.length() ? text.charAt(offset) : ' ';
  }

  private static boolean hasDigit(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlphanumeric(char c) {
    return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-';
  }
}
