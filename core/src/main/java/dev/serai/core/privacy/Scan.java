package dev.serai.core.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One pass over one text. At the beginning of each word and number the recognisers look ahead, each
 * over a bounded number of characters, so that the time grows with the length of the text only. An
 * e-mail address is found at its at sign, and takes the place of what was found inside it.
 */
final class Scan {
  /** Nothing was found. */
  static final Finding NOTHING = new Finding(PiiKind.NAME, -1, -1);

  /** Base64 of at least this length is an image or another file. */
  private static final int MIN_BASE64 = 256;

  private final String text;
  private final String member;
  private final Set<PiiKind> kinds;
  private final NameDictionary names;
  private List<Finding> found = List.of();

  Scan(String text, String member, Set<PiiKind> kinds, NameDictionary names) {
    this.text = text;
    this.member = member;
    this.kinds = kinds;
    this.names = names;
  }

  List<Finding> run() {
    if (isBinary()) {
      return found;
    }
    if (kinds.contains(PiiKind.SECRET)
        && SecretScan.isSecret(text, 0, text.length())
        && SecretScan.isSecretName(member)) {
      return List.of(new Finding(PiiKind.SECRET, 0, text.length(), true));
    }
    int at = 0;
    while (at < text.length()) {
      at = step(at);
    }
    return found;
  }

  private boolean isBinary() {
    if (text.length() < MIN_BASE64) {
      return false;
    }
    int from = text.startsWith("data:") ? text.indexOf(',', 0, MIN_BASE64) + 1 : 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c < 0x80 && Chars.isWord(c)) && "+/=-".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.contains("-----BEGIN");
  }

  /** Looks at one word, number or character; returns the offset of the next one. */
  private int step(int at) {
    char c = text.charAt(at);
    if (Chars.isDigit(c) || c == '+' || c == '(') {
      return number(at, c);
    }
    if (Chars.isLetter(c) || c > 0x7F && Character.isLetter(c)) {
      return word(at);
    }
    if (c == '@' || c == '%' && text.startsWith("40", at + 1)) {
      return email(at, c == '@' ? at + 1 : at + 3);
    }
    if (c == '-' && kinds.contains(PiiKind.SECRET) && Chars.at(text, at - 1) != '-') {
      return past(SecretScan.pem(text, at), at + 1);
    }
    return at + 1;
  }

  private int number(int at, char first) {
    boolean digit = Chars.isDigit(first);
    int next = digit ? Chars.digitsEnd(text, at) : at + 1;
    boolean begins =
        first == '+' ? !Chars.isDigit(Chars.at(text, at - 1)) : Chars.mayBegin(text, at);
    if (!begins) {
      return next;
    }
    Finding match = NOTHING;
    if (digit && kinds.contains(PiiKind.IP)) {
      match = AddressScan.ipv4(text, at);
      match = match.isNothing() && next - at < 5 ? AddressScan.ipv6(text, at) : match;
    }
    if (match.isNothing() && digit && kinds.contains(PiiKind.NATIONAL_ID) && next - at == 8) {
      match = LetterScan.spanish(text, at);
    }
    if (match.isNothing()) {
      match = wanted(NumberScan.find(text, at, member));
    }
    return past(match, next);
  }

  private int word(int at) {
    int next = at + 1;
    while (next < text.length() && continues(text.charAt(next - 1), text.charAt(next))) {
      next++;
    }
    if (Chars.isWord(Chars.at(text, at - 1))) {
      return next;
    }
    Finding match = secret(at, next);
    if (match.isNothing() && next - at > 1) {
      match = id(at, next);
    }
    if (match.isNothing() && !names.isEmpty() && kinds.contains(PiiKind.NAME)) {
      match = names.find(text, at, next);
    }
    if (match.isNothing() && Chars.isHex(text.charAt(at)) && kinds.contains(PiiKind.IP)) {
      boolean colon = next - at < 5 && Chars.at(text, next) == ':';
      match = colon && Chars.mayBegin(text, at) ? AddressScan.ipv6(text, at) : NOTHING;
    }
    return past(match, next);
  }

  /** Whether a word goes on; a number may follow an ideograph without a space. */
  private static boolean continues(char before, char c) {
    return Chars.isAlphanumeric(c) && (Chars.isWord(before) || !Chars.isDigit(c));
  }

  private Finding secret(int at, int next) {
    if (!kinds.contains(PiiKind.SECRET)) {
      return NOTHING;
    }
    Finding match = SecretScan.byForm(text, at);
    if (!match.isNothing()) {
      return match;
    }
    char first = text.charAt(at);
    char after = Chars.at(text, next);
    if (!SecretScan.mayFollow(after) && first != 'b' && first != 'B') {
      return NOTHING;
    }
    if (after == ' ' && !SecretScan.mayAssign(Chars.at(text, next + 1))) {
      return first == 'b' || first == 'B' ? SecretScan.afterWord(text, at, next) : NOTHING;
    }
    int end = next;
    while (end - at < 40 && (Chars.at(text, end) == '_' || Chars.at(text, end) == '-')) {
      end++;
      while (end < text.length() && end - at < 40 && Chars.isWord(text.charAt(end))) {
        end++;
      }
    }
    return SecretScan.afterWord(text, at, end);
  }

  private Finding id(int at, int next) {
    if (!Chars.isUpper(text.charAt(at)) || !Chars.mayBegin(text, at)) {
      return NOTHING;
    }
    Finding match = NOTHING;
    if (kinds.contains(PiiKind.IBAN) && next - at >= 4) {
      match = LetterScan.iban(text, at);
    }
    if (match.isNothing() && kinds.contains(PiiKind.NATIONAL_ID)) {
      match = LetterScan.nino(text, at);
      boolean nie = match.isNothing() && "XYZ".indexOf(text.charAt(at)) >= 0;
      match = nie ? LetterScan.spanish(text, at) : match;
    }
    return match;
  }

  private Finding wanted(Finding match) {
    return match.isNothing() || kinds.contains(match.kind()) ? match : NOTHING;
  }

  private int email(int sign, int after) {
    if (!kinds.contains(PiiKind.EMAIL)) {
      return after;
    }
    Finding match = AddressScan.email(text, sign, after);
    if (match.isNothing() || !found.isEmpty() && isInside(match.start(), found.getLast())) {
      return after;
    }
    while (!found.isEmpty() && found.getLast().end() > match.start()) {
      found.removeLast();
    }
    return past(match, after);
  }

  /** Whether an offset is in the middle of a longer value, such as a secret with an at sign. */
  private static boolean isInside(int start, Finding last) {
    return start > last.start() && start < last.end();
  }

  private int past(Finding match, int next) {
    if (match.isNothing()) {
      return next;
    }
    if (found.isEmpty()) {
      found = new ArrayList<>(4);
    }
    found.add(match);
    return match.end();
  }
}
