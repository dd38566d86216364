package dev.serai.core.privacy;

import java.util.Set;

/** Recognises cards, phone numbers and national ids that consist of digits. Thread-safe. */
final class NumberScan {
  private static final Set<String> PHONE_WORDS =
      Set.of(
          "phone",
          "tel",
          "telephone",
          "telefon",
          "mobile",
          "mobil",
          "cell",
          "fax",
          "call",
          "whatsapp",
          "handy",
          "phonenumber",
          "phone_number",
          "mobile_number",
          "rufnummer");
  private static final Set<String> SSN_WORDS =
      Set.of("ssn", "security", "ssn_number", "social_security_number");

  /** No value has fewer. */
  private static final int MIN_DIGITS = 7;

  private NumberScan() {}

  /**
   * The value that begins at an offset.
   *
   * @param member the name of the member whose text this is
   * @return the finding, or {@link Scan#NOTHING}
   */
  static Finding find(CharSequence text, int start, String member) {
    if (!NumberGroups.hasDigits(text, start, MIN_DIGITS)) {
      return Scan.NOTHING;
    }
    NumberGroups groups = new NumberGroups(text, start);
    if (groups.count() == 0) {
      return Scan.NOTHING;
    }
    int end = groups.plus() ? -1 : card(groups);
    if (end > 0) {
      return new Finding(PiiKind.CARD, start, end);
    }
    String word = Words.before(text, start, member);
    end = groups.plus() ? -1 : nationalId(groups, SSN_WORDS.contains(word));
    if (end > 0) {
      return new Finding(PiiKind.NATIONAL_ID, start, end, SSN_WORDS.contains(word));
    }
    end = phone(groups);
    if (end > 0) {
      return new Finding(PiiKind.PHONE, start, end);
    }
    end = PHONE_WORDS.contains(word) ? longest(groups, 7, 15) : -1;
    return end > 0 ? new Finding(PiiKind.PHONE, start, end, true) : Scan.NOTHING;
  }

  private static int card(NumberGroups groups) {
    for (int n = groups.count(); n > 0; n--) {
      int length = groups.total(n);
      boolean grouped = groups.separatedBy(" ", n) || groups.separatedBy("-", n);
      if (grouped
          && groups.mayEnd(n)
          && isCardLength(groups.digits(), length)
          && CheckDigits.luhn(groups.digits(), length)) {
        return groups.end(n);
      }
    }
    return -1;
  }

  /** Whether an issuer gives numbers of that length: ISO/IEC 7812 ranges in use. */
  private static boolean isCardLength(CharSequence digits, int length) {
    if (length < 13 || length > 19) {
      return false;
    }
    int four = Integer.parseInt(digits, 0, 4, 10);
    int two = four / 100;
    return switch (two / 10) {
      case 4 -> length == 13 || length == 16 || length == 19;
      case 2 -> length == 16 && four >= 2221 && four <= 2720;
      case 5 -> length == 16 && two >= 51 && two <= 55;
      case 3 ->
          length == 15 && (two == 34 || two == 37)
              || length == 14 && (two == 36 || two == 38 || two == 39 || four < 3060)
              || length >= 16 && two == 35;
      case 6 -> length >= 16 && (four == 6011 || two == 65 || two == 62 || four / 10 >= 644);
      default -> false;
    };
  }

  private static int nationalId(NumberGroups groups, boolean named) {
    if (isSocialSecurity(groups, named)) {
      return groups.end(named && groups.size(0) == 9 ? 1 : 3);
    }
    for (int n = groups.count(); n > 0; n--) {
      boolean spaced = groups.separatedBy(" ", n);
      if (spaced && groups.mayEnd(n) && isChecked(groups.digits(), groups.total(n), n == 1)) {
        return groups.end(n);
      }
    }
    boolean cpf = groups.hasSizes(3, 3, 3, 2) && groups.separatedBy(".-", 4);
    return cpf && groups.mayEnd(4) && CheckDigits.cpf(groups.digits()) ? groups.end(4) : -1;
  }

  private static boolean isChecked(CharSequence digits, int length, boolean plain) {
    return switch (length) {
      case 11 -> CheckDigits.germanTaxId(digits) || plain && CheckDigits.pesel(digits);
      case 15 -> CheckDigits.frenchNir(digits);
      default -> false;
    };
  }

  /** A US social security number; without hyphens only where a word names it. */
  private static boolean isSocialSecurity(NumberGroups groups, boolean named) {
    boolean bare = named && groups.size(0) == 9 && groups.mayEnd(1);
    boolean grouped =
        groups.hasSizes(3, 2, 4) && groups.mayEnd(3) && groups.separatedBy(named ? " -" : "-", 3);
    if (!bare && !grouped) {
      return false;
    }
    int area = Integer.parseInt(groups.digits(), 0, 3, 10);
    int group = Integer.parseInt(groups.digits(), 3, 5, 10);
    int serial = Integer.parseInt(groups.digits(), 5, 9, 10);
    return area > 0 && area != 666 && area < 900 && group > 0 && serial > 0;
  }

  private static int phone(NumberGroups groups) {
    char first = groups.digits().charAt(0);
    if (groups.plus()) {
      return first == '0' ? -1 : longest(groups, 8, 15);
    }
    if (first == '0') {
      return groups.digits().length() > 1 && groups.digits().charAt(1) == '0'
          ? abroad(groups)
          : national(groups);
    }
    int american = american(groups);
    return american > 0 ? groups.end(american) : -1;
  }

  /** {@code 0049 30 123456}: with separators, because other numbers have leading zeros too. */
  private static int abroad(NumberGroups groups) {
    boolean country = groups.digits().length() > 2 && groups.digits().charAt(2) != '0';
    return country && groups.count() > 1 && groups.size(0) <= 6 ? longest(groups, 10, 17) : -1;
  }

  /** {@code 030 1234567}, {@code 020 7946 0958}, {@code 01 42 68 53 00}; not {@code 01/02/2023}. */
  private static int national(NumberGroups groups) {
    boolean date = groups.hasSizes(2, 2, 4) || groups.size(0) == 1;
    int n = groups.count();
    while (n > 1 && groups.total(n) > 12) {
      n--;
    }
    boolean dotted = groups.hasSizes(2, 2, 2, 2, 2) && groups.separatedBy(".", n);
    boolean usual = groups.size(0) <= 5 && groups.separatedBy(" -/\u00A0()", n) || dotted;
    return !date && n > 1 && usual && groups.total(n) >= 9 && groups.mayEnd(n) ? groups.end(n) : -1;
  }

  /** How many groups a North American number has; 0 if it is none. */
  private static int american(NumberGroups groups) {
    boolean country = groups.hasSizes(1, 3, 3, 4) && groups.digits().charAt(0) == '1';
    if (!country && !groups.hasSizes(3, 3, 4)) {
      return 0;
    }
    int n = country ? 4 : 3;
    int area = country ? 1 : 0;
    boolean valid = groups.digits().charAt(area) >= '2' && groups.digits().charAt(area + 3) >= '2';
    boolean spaces = groups.separatedBy(" ", n);
    return valid && !spaces && groups.mayEnd(n) ? n : 0;
  }

  private static int longest(NumberGroups groups, int least, int most) {
    for (int n = groups.count(); n > 0; n--) {
      if (groups.total(n) >= least && groups.total(n) <= most && groups.mayEnd(n)) {
        return groups.end(n);
      }
    }
    return -1;
  }
}
