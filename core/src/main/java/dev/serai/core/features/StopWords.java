package dev.serai.core.features;

import dev.serai.core.features.LanguageGuess.Script;
import java.util.Locale;

/** The most frequent words of languages of the Latin script, by which they are distinguished. */
final class StopWords {
  /** A bit for each language that has the word. */
  private static final HashedWords LANGUAGES = load();

  /** A text of a known language has more of these words: one in three or more. */
  private static final double LEAST = 0.08;

  private StopWords() {}

  private static HashedWords load() {
    HashedWords words = new HashedWords(2048);
    for (String line : HashedWords.lines("stop-words.txt")) {
      String[] parts = line.split(" +");
      int bit = 1 << Language.valueOf(parts[0].toUpperCase(Locale.ROOT)).ordinal();
      for (int i = 1; i < parts.length; i++) {
        if (parts[i].startsWith("+")) {
          parts[i].substring(1).chars().forEach(letter -> words.add("+" + (char) letter, bit));
        } else {
          words.add(parts[i], bit);
        }
      }
    }
    return words;
  }

  /** The guess for a text of mostly Latin letters. */
  static LanguageGuess guess(String text) {
    double[] scores = new double[Language.values().length];
    int words = 0;
    int at = 0;
    while (at < text.length()) {
      long hash = HashedWords.SEED;
      int from = at;
      while (at < text.length() && isOfWord(text.charAt(at))) {
        char letter = Character.toLowerCase(text.charAt(at++));
        hash = HashedWords.with(hash, letter);
        mark(letter, scores);
      }
      if (at > from) {
        score(LANGUAGES.get(hash), scores);
        words++;
      } else {
        mark(text.charAt(at++), scores);
      }
    }
    return best(scores, words);
  }

  private static boolean isOfWord(char here) {
    return Character.isLetter(here);
  }

  private static void mark(char letter, double[] scores) {
    if (letter > 0x7F) {
      score(LANGUAGES.get(HashedWords.with(HashedWords.hash("+"), letter)), scores);
    }
  }

  private static void score(int languages, double[] scores) {
    int shared = Integer.bitCount(languages);
    for (int rest = languages; rest != 0; rest &= rest - 1) {
      scores[Integer.numberOfTrailingZeros(rest)] += 1.0 / shared;
    }
  }

  private static LanguageGuess best(double[] scores, int words) {
    int best = 0;
    double all = 0;
    for (int i = 0; i < scores.length; i++) {
      all += scores[i];
      best = scores[i] > scores[best] ? i : best;
    }
    if (all == 0 || scores[best] < LEAST * words) {
      return new LanguageGuess(Script.LATIN, Language.OTHER, 0);
    }
    // One word more, of another language, is never certain.
    return new LanguageGuess(
        Script.LATIN, Language.values()[best], Math.max(0, scores[best] / (all + 0.5)));
  }
}
