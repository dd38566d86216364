package dev.serai.core.privacy;

import java.util.HashMap;
import java.util.Map;

/** Recognises bank accounts and national ids that begin with letters. Thread-safe. */
final class LetterScan {
  /** The lengths of IBANs by country: SWIFT's IBAN registry. */
  private static final Map<String, Integer> IBAN_LENGTHS = new HashMap<>();

  static {
    String lengths =
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18"
            + "FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21"
            + "LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24"
            + "SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20";
    for (int i = 0; i < lengths.length(); i += 4) {
      IBAN_LENGTHS.put(
          lengths.substring(i, i + 2), Integer.valueOf(lengths.substring(i + 2, i + 4)));
    }
  }

  private LetterScan() {}

  /** The IBAN that begins at an offset; single spaces may be in it. */
  static Finding iban(CharSequence text, int start) {
    Integer length =
        Chars.isDigit(Chars.at(text, start + 2)) && Chars.isDigit(Chars.at(text, start + 3))
            ? IBAN_LENGTHS.get(text.subSequence(start, start + 2).toString())
            : null;
    if (length == null) {
      return Scan.NOTHING;
    }
    StringBuilder letters = new StringBuilder(length);
    int at = start;
    while (letters.length() < length) {
      char c = Chars.at(text, at);
      if (Chars.isDigit(c) || Chars.isUpper(c)) {
        letters.append(c);
      } else if (c != ' ' || at + 1 >= text.length() || text.charAt(at + 1) == ' ') {
        return Scan.NOTHING;
      }
      at++;
    }
    return Chars.mayEnd(text, at) && CheckDigits.iban(letters)
        ? new Finding(PiiKind.IBAN, start, at)
        : Scan.NOTHING;
  }

  /** The UK national insurance number that begins at an offset; single spaces may be in it. */
  static Finding nino(CharSequence text, int start) {
    StringBuilder found = new StringBuilder(9);
    int at = start;
    while (found.length() < 9 && at < text.length()) {
      char c = text.charAt(at);
      boolean letter = found.length() < 2 || found.length() == 8;
      if (c == ' ' && found.length() >= 2 && text.charAt(at - 1) != ' ') {
        at++;
        continue;
      }
      if (letter ? !Chars.isUpper(c) : !Chars.isDigit(c)) {
        return Scan.NOTHING;
      }
      found.append(c);
      at++;
    }
    return found.length() == 9 && isNino(found) && Chars.mayEnd(text, at)
        ? new Finding(PiiKind.NATIONAL_ID, start, at)
        : Scan.NOTHING;
  }

  /** HMRC's manual NIM39110: letters and prefixes that are not used. */
  private static boolean isNino(CharSequence nino) {
    String prefix = nino.subSequence(0, 2).toString();
    return "DFIQUV".indexOf(nino.charAt(0)) < 0
        && "DFIQUVO".indexOf(nino.charAt(1)) < 0
        && "BG GB NK KN TN NT ZZ".indexOf(prefix) < 0
        && nino.charAt(8) <= 'D';
  }

  /** The Spanish NIE or DNI that begins at an offset. */
  static Finding spanish(CharSequence text, int start) {
    int kind = "XYZ".indexOf(text.charAt(start));
    int digits = kind >= 0 ? start + 1 : start;
    int end = Chars.digitsEnd(text, digits);
    if (end - digits != (kind >= 0 ? 7 : 8)) {
      return Scan.NOTHING;
    }
    int letter = Chars.at(text, end) == '-' ? end + 1 : end;
    int number = Integer.parseInt(text, digits, end, 10) + Math.max(kind, 0) * 10_000_000;
    return CheckDigits.spanish(number, Chars.at(text, letter)) && Chars.mayEnd(text, letter + 1)
        ? new Finding(PiiKind.NATIONAL_ID, start, letter + 1)
        : Scan.NOTHING;
  }
}
