package dev.serai.adapters.persona;

/**
 * A simple English stemmer: removes plural, -ing, -ed and -ation, so that "adding providers" finds
 * "add a provider". A stem need not be a word; it must only be the same in question and text.
 */
final class Stemmer {
  private static final int MIN_STEM = 3;

  private Stemmer() {}

  /** The stem of a word in lower case. */
  static String stem(String word) {
    String singular = withoutPlural(word);
    String bare = withoutSuffix(singular);
    return withoutTail(bare);
  }

  private static String withoutPlural(String word) {
    String bare = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    if (bare.length() <= MIN_STEM || !bare.endsWith("s")) {
      return bare;
    }
    if (bare.endsWith("ies")) {
      return bare.substring(0, bare.length() - 3) + "y";
    }
    if (bare.endsWith("ss") || bare.endsWith("us") || bare.endsWith("is")) {
      return bare;
    }
    return bare.substring(0, bare.length() - 1);
  }

  private static String withoutSuffix(String word) {
    if (word.endsWith("ied")) {
      return word.substring(0, word.length() - 3) + "y";
    }
    for (String suffix : new String[] {"ation", "ing", "ed"}) {
      int rest = word.length() - suffix.length();
      if (rest >= MIN_STEM && word.endsWith(suffix) && hasVowel(word, rest)) {
        return word.substring(0, rest);
      }
    }
    return word;
  }

  /** Removes a doubled last letter, or an e at the end. */
  private static String withoutTail(String word) {
    int length = word.length();
    if (length > MIN_STEM && word.charAt(length - 1) == 'e') {
      return word.substring(0, length - 1);
    }
    if (length >= MIN_STEM && word.charAt(length - 1) == word.charAt(length - 2)) {
      return word.substring(0, length - 1);
    }
    return word;
  }

  private static boolean hasVowel(String word, int end) {
    for (int i = 0; i < end; i++) {
      if ("aeiouy".indexOf(word.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }
}
