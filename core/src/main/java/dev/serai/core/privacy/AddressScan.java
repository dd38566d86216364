package dev.serai.core.privacy;

import java.util.Set;

/** Recognises e-mail and IP addresses. Thread-safe. */
final class AddressScan {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;
  private static final int MAX_IPV6 = 45;
  private static final Set<String> VERSION_WORDS =
      Set.of("v", "version", "ver", "release", "build", "rev", "section", "chapter");

  private AddressScan() {}

  /**
   * The e-mail address around an at sign.
   *
   * @param sign the offset of the at sign
   * @param after the offset behind it: it may be percent-encoded
   */
  static Finding email(CharSequence text, int sign, int after) {
    int start = sign;
    while (start > 0 && sign - start < MAX_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < sign && !Chars.isWord(text.charAt(start))) {
      start++;
    }
    int end = domainEnd(text, after);
    boolean remote = sign - start == 3 && text.subSequence(start, sign).toString().equals("git");
    return start == sign || end < 0 || remote
        ? Scan.NOTHING
        : new Finding(PiiKind.EMAIL, start, end);
  }

  private static boolean isLocal(char c) {
    return Chars.isWord(c) || ".+-'%&*~!#$^".indexOf(c) >= 0;
  }

  /** The offset behind the last label that may be a top-level domain; -1 if there is none. */
  private static int domainEnd(CharSequence text, int from) {
    int limit = Math.min(text.length(), from + MAX_DOMAIN);
    int end = -1;
    int label = from;
    int labels = 0;
    while (label < limit) {
      int at = label;
      boolean letters = true;
      while (at < limit && (isDomain(text.charAt(at)))) {
        letters &= Chars.isLetter(text.charAt(at));
        at++;
      }
      if (at == label) {
        break;
      }
      if (++labels > 1 && (letters ? at - label > 1 : isPunycode(text, label))) {
        end = at;
      }
      if (Chars.at(text, at) != '.') {
        break;
      }
      label = at + 1;
    }
    return end;
  }

  private static boolean isDomain(char c) {
    return Chars.isLetter(c) || Chars.isDigit(c) || c == '-';
  }

  private static boolean isPunycode(CharSequence text, int label) {
    return text.length() > label + 4
        && text.subSequence(label, label + 4).toString().equals("xn--");
  }

  /** The IPv4 address that begins at a digit; not a version, and not one that names no one. */
  static Finding ipv4(CharSequence text, int start) {
    int at = start;
    int first = 0;
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      int end = Chars.digitsEnd(text, at);
      boolean octet = end > at && end - at <= 3 && (end - at == 1 || text.charAt(at) != '0');
      int value = octet ? Integer.parseInt(text, at, end, 10) : 256;
      if (value > 255 || i < 3 && Chars.at(text, end) != '.') {
        return Scan.NOTHING;
      }
      first = i == 0 ? value : first;
      sum += value;
      at = i < 3 ? end + 1 : end;
    }
    boolean noOne = first == 127 || sum == 0 || sum == 4 * 255;
    boolean version = VERSION_WORDS.contains(Words.before(text, start, ""));
    return noOne || version || !Chars.mayEnd(text, at)
        ? Scan.NOTHING
        : new Finding(PiiKind.IP, start, at);
  }

  /** The IPv6 address that begins at a hexadecimal digit (RFC 4291, section 2.2). */
  static Finding ipv6(CharSequence text, int start) {
    int first = start;
    while (first - start < 5 && Chars.isHex(Chars.at(text, first))) {
      first++;
    }
    if (Chars.at(text, first) != ':') {
      return Scan.NOTHING;
    }
    int limit = Math.min(text.length(), start + MAX_IPV6);
    int at = start;
    int colons = 0;
    int groups = 0;
    boolean shortened = false;
    boolean digit = false;
    while (at < limit) {
      int end = at;
      while (end < limit && Chars.isHex(text.charAt(end))) {
        digit |= Chars.isDigit(text.charAt(end));
        end++;
      }
      if (end - at > 4) {
        return Scan.NOTHING;
      }
      groups += end > at ? 1 : 0;
      at = end;
      if (Chars.at(text, at) != ':') {
        break;
      }
      boolean two = Chars.at(text, at + 1) == ':';
      if (two && shortened || !two && !Chars.isHex(Chars.at(text, at + 1))) {
        break;
      }
      shortened |= two;
      colons += two ? 2 : 1;
      at += two ? 2 : 1;
    }
    boolean whole = shortened ? groups < 8 && colons >= 2 : groups == 8 && colons == 7;
    boolean plausible = groups > 2 || groups == 2 && at - start >= 7;
    return whole && digit && plausible && Chars.mayEnd(text, at)
        ? new Finding(PiiKind.IP, start, at)
        : Scan.NOTHING;
  }
}
