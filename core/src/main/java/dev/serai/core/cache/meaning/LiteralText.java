package dev.serai.core.cache.meaning;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds prompts whose response depends on how something is written: those with a quotation, with a
 * text behind a colon or on lines of its own, and those about words, texts and languages. In such
 * prompts an article or a plural may decide, which the rules for meaning do not compare.
 */
final class LiteralText {
  /** An apostrophe behind a letter or a number is not a quotation mark: "don't", "dogs'". */
  private static final Pattern QUOTATION =
      Pattern.compile(
          "[\\p{Pi}\\p{Pf}\"`\u00b4\u201a\u201e\u300c-\u300f\u301d-\u301f\uff02\uff07]"
              + "|(?<![\\p{L}\\p{M}\\p{N}])'");

  /** Not a time of day and not an address: those are names. */
  private static final Pattern COLON = Pattern.compile("(?!(?<=\\d):\\d)(?!://)[:\uff1a]");

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  /** Marks that no word keeps: brackets, a factorial, and a number that begins with a point. */
  private static final Pattern FORMULA =
      Pattern.compile("[()\\[\\]{}]|\\d!|(?<![\\p{L}\\p{N}])\\.\\d");

  /** "How many a are in banana?" has a letter, not an article. */
  private static final Pattern LETTERS =
      Pattern.compile("\\bhow (?:many|much) (?:a|i)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private LiteralText() {}

  /** Whether a prompt, with straight apostrophes, depends on how something is written. */
  static boolean isIn(String prompt) {
    String text = prompt.strip();
    return QUOTATION.matcher(text).find()
        || COLON.matcher(text).find()
        || LINE_BREAK.matcher(text).find()
        || FORMULA.matcher(text).find()
        || LETTERS.matcher(text).find()
        || hasWord(text.toLowerCase(Locale.ROOT));
  }

  private static boolean hasWord(String lower) {
    Matcher words = WORD.matcher(lower);
    while (words.find()) {
      if (Lexicon.ENGLISH.isAboutText(words.group())) {
        return true;
      }
    }
    return false;
  }
}
