package dev.serai.core.features;

import java.util.Locale;

/**
 * The script and the language that a text seems to be in. Scripts are counted; languages of the
 * Latin script are distinguished by their most frequent words, so a text without any, such as a
 * name or code, has no known language. Immutable.
 *
 * @param script of most letters
 * @param confidence from 0 for a language that is not known to 1
 */
public record LanguageGuess(Script script, Language language, double confidence) {
  /** Nothing is known. */
  public static final LanguageGuess NONE = new LanguageGuess(Script.NONE, Language.OTHER, 0);

  /** Characters that are looked at. */
  private static final int MAX = 1000;

  /** About how many Latin letters say as much as one character of East Asia. */
  private static final int EAST_ASIAN = 5;

  /** Letters that Persian and Urdu have and Arabic has not. */
  private static final String NOT_ARABIC =
      "\u067E\u0686\u0698\u06AF\u06A9\u06CC\u0679\u0688\u0691\u06D2";

  /** Letters that Ukrainian, Belarusian, Serbian and Macedonian have and Russian has not. */
  private static final String NOT_RUSSIAN =
      "\u0456\u0457\u0454\u0491\u045E\u0458\u0459\u045A\u045B\u045F\u0452\u0453\u045C\u0455";

  /** A script, or a group of scripts. */
  public enum Script {
    LATIN,
    CYRILLIC,
    ARABIC,
    HAN,
    KANA,
    HANGUL,
    OTHER,
    /** There are no letters. */
    NONE;

    /** Its name in logs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The script of a letter. */
    static Script of(int letter) {
      if (letter < 0x250 || letter >= 0x1E00 && letter < 0x1F00) {
        return LATIN;
      }
      if (letter >= 0x400 && letter < 0x530) {
        return CYRILLIC;
      }
      if (letter >= 0x600 && letter < 0x780 || letter >= 0xFB50 && letter < 0xFE00) {
        return ARABIC;
      }
      return eastAsian(letter);
    }

    private static Script eastAsian(int letter) {
      if (letter >= 0x3040 && letter < 0x3100) {
        return KANA;
      }
      if (letter >= 0x3400 && letter < 0xA000 || letter >= 0x20000 && letter < 0x32000) {
        return HAN;
      }
      boolean hangul = letter >= 0xAC00 && letter < 0xD7B0 || letter >= 0x1100 && letter < 0x1200;
      return hangul ? HANGUL : OTHER;
    }

    /** Whether words of the script are not separated by spaces, or change at their ends. */
    boolean isEastAsian() {
      return this == HAN || this == KANA || this == HANGUL;
    }
  }

  /** The guess for a text. */
  static LanguageGuess of(String text) {
    int[] letters = new int[Script.values().length];
    int marked = 0;
    int at = 0;
    while (at < Math.min(text.length(), MAX)) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      if (Character.isLetter(point)) {
        Script script = Script.of(point);
        letters[script.ordinal()]++;
        marked += isOfAnotherLanguage(script, point) ? 1 : 0;
      }
    }
    return of(text, letters, marked);
  }

  private static boolean isOfAnotherLanguage(Script script, int letter) {
    return switch (script) {
      case CYRILLIC -> NOT_RUSSIAN.indexOf(Character.toLowerCase(letter)) >= 0;
      case ARABIC -> NOT_ARABIC.indexOf(letter) >= 0;
      default -> false;
    };
  }

  private static LanguageGuess of(String text, int[] letters, int marked) {
    Script script = mostFrequent(letters);
    double share = share(letters, script);
    return switch (script) {
      case HANGUL -> new LanguageGuess(script, Language.KO, share);
      case KANA -> new LanguageGuess(script, Language.JA, share);
      case HAN -> new LanguageGuess(script, Language.ZH, 0.9 * share);
      case CYRILLIC -> marked(script, Language.RU, share, marked);
      case ARABIC -> marked(script, Language.AR, share, marked);
      case LATIN -> StopWords.guess(text.substring(0, Math.min(text.length(), MAX)));
      case OTHER, NONE -> new LanguageGuess(script, Language.OTHER, 0);
    };
  }

  /** Another language of the script if letters of it occur. */
  private static LanguageGuess marked(Script script, Language language, double share, int marked) {
    return marked == 0
        ? new LanguageGuess(script, language, 0.8 * share)
        : new LanguageGuess(script, Language.OTHER, 0);
  }

  /**
   * Words of Latin letters and code occur in texts of every other script, and a character of those
   * says more than one of Latin; Japanese is written in Han and kana.
   */
  private static Script mostFrequent(int[] letters) {
    int han = letters[Script.HAN.ordinal()];
    int kana = letters[Script.KANA.ordinal()];
    if (kana * 8 > han && (han + kana) * EAST_ASIAN > letters[Script.LATIN.ordinal()] && kana > 0) {
      return Script.KANA;
    }
    Script most = Script.NONE;
    int weight = 0;
    for (Script script : Script.values()) {
      int own = letters[script.ordinal()] * (script.isEastAsian() ? EAST_ASIAN : 1);
      if (own > weight) {
        weight = own;
        most = script;
      }
    }
    return most;
  }

  private static double share(int[] letters, Script script) {
    int all = 0;
    for (int count : letters) {
      all += count;
    }
    int own = letters[script.ordinal()];
    own += script == Script.KANA ? letters[Script.HAN.ordinal()] : 0;
    return all == 0 ? 0 : (double) own / all;
  }
}
