package dev.serai.adapters.dialects.problem;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Removes secrets that the gateway sends to a provider from texts of that provider: as they are,
 * percent-encoded (RFC 3986), and in base64 (RFC 4648) alone or within a longer text. Pure; the
 * time grows with the number of secrets, so it is for errors only.
 */
final class QuotedSecrets {
  private static final String MARK = "[removed]";

  /** Shorter values occur in ordinary words. */
  private static final int MIN_LENGTH = 6;

  /** So many characters of the beginning of a secret are removed from the end of a cut text. */
  private static final int MIN_PART = 4;

  /** Positions in a group of three bytes, which is four characters of base64. */
  private static final int POSITIONS = 3;

  private static final int BITS = 6;

  private QuotedSecrets() {}

  /**
   * The text without these secrets.
   *
   * @param cut whether the text was cut, so that it may end with a part of a secret
   */
  static String remove(String text, List<String> secrets, boolean cut) {
    String clean = text;
    for (String form : forms(secrets)) {
      clean = clean.replace(form, MARK);
      clean = cut ? withoutPart(clean, form) : clean;
    }
    return clean;
  }

  /** The text without a key of any length; a short one is removed where it is a word. */
  static String removeKey(String text, String key) {
    if (key.isEmpty()) {
      return text;
    }
    return key.length() < MIN_LENGTH
        ? text.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(key) + "(?![\\p{L}\\p{N}])", MARK)
        : text.replace(key, MARK);
  }

  private static String withoutPart(String text, String form) {
    for (int n = Math.min(form.length() - 1, text.length()); n >= MIN_PART; n--) {
      if (text.regionMatches(text.length() - n, form, 0, n)) {
        return text.substring(0, text.length() - n) + MARK;
      }
    }
    return text;
  }

  /** The longest first, since one secret may begin with another. */
  private static List<String> forms(List<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      add(secret.strip(), forms);
      int scheme = secret.strip().indexOf(' ');
      add(scheme < 0 ? "" : secret.strip().substring(scheme + 1).strip(), forms);
    }
    List<String> sorted = new ArrayList<>(forms);
    sorted.sort(Comparator.comparingInt(String::length).reversed());
    return sorted;
  }

  private static void add(String secret, Set<String> forms) {
    if (secret.length() < MIN_LENGTH) {
      return;
    }
    forms.add(secret);
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    forms.add(form);
    forms.add(form.replace("+", "%20"));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (int before = 0; before < POSITIONS; before++) {
      forms.add(within(bytes, before, Base64.getEncoder()));
      forms.add(within(bytes, before, Base64.getUrlEncoder()));
    }
  }

  /** The characters of base64 that depend on the secret only, after so many other bytes. */
  private static String within(byte[] secret, int before, Base64.Encoder encoder) {
    byte[] shifted = new byte[before + secret.length];
    Arrays.fill(shifted, (byte) 0);
    System.arraycopy(secret, 0, shifted, before, secret.length);
    int from = (before * Byte.SIZE + BITS - 1) / BITS;
    int to = shifted.length * Byte.SIZE / BITS;
    return encoder.encodeToString(shifted).substring(from, to);
  }
}
