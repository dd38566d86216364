package dev.serai.core.privacy;

/** Check digits of cards, bank accounts and national ids. Digits are given as ASCII. */
final class CheckDigits {
  private CheckDigits() {}

  /** ISO/IEC 7812-1, annex B. */
  static boolean luhn(CharSequence digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits.charAt(length - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  /** ISO 13616: the country and the check digits are moved to the end. */
  static boolean iban(CharSequence letters) {
    int remainder = 0;
    for (int i = 0; i < letters.length(); i++) {
      int value = Character.digit(letters.charAt((i + 4) % letters.length()), 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1;
  }

  /** The German tax id: ISO/IEC 7064, MOD 11,10; one of its first ten digits repeats. */
  static boolean germanTaxId(CharSequence digits) {
    int[] counts = new int[10];
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int digit = digits.charAt(i) - '0';
      counts[digit]++;
      int sum = (digit + product) % 10;
      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
    int repeated = 0;
    for (int count : counts) {
      repeated += count > 3 ? 2 : count > 1 ? 1 : 0;
    }
    return digits.charAt(0) != '0'
        && repeated == 1
        && (11 - product) % 10 == digits.charAt(10) - '0';
  }

  /** The French social security number: 13 digits and a key modulo 97. */
  static boolean frenchNir(CharSequence digits) {
    char sex = digits.charAt(0);
    int month = number(digits, 3, 5);
    boolean dated = month >= 1 && month <= 12 || month >= 20;
    long body = Long.parseLong(digits, 0, 13, 10);
    return (sex == '1' || sex == '2') && dated && 97 - body % 97 == number(digits, 13, 15);
  }

  /** The Polish PESEL: a date of birth and a weighted check digit. */
  static boolean pesel(CharSequence digits) {
    int month = number(digits, 2, 4) % 20;
    int day = number(digits, 4, 6);
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += ("1379137913".charAt(i) - '0') * (digits.charAt(i) - '0');
    }
    return (10 - sum % 10) % 10 == digits.charAt(10) - '0';
  }

  /** The Brazilian CPF: two weighted check digits. */
  static boolean cpf(CharSequence digits) {
    for (int place = 9; place < 11; place++) {
      int sum = 0;
      for (int i = 0; i < place; i++) {
        sum += (place + 1 - i) * (digits.charAt(i) - '0');
      }
      if (sum * 10 % 11 % 10 != digits.charAt(place) - '0') {
        return false;
      }
    }
    return true;
  }

  /** The letter of a Spanish DNI or NIE. */
  static boolean spanish(int number, char letter) {
    return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23) == letter;
  }

  private static int number(CharSequence digits, int from, int to) {
    return Integer.parseInt(digits, from, to, 10);
  }
}
