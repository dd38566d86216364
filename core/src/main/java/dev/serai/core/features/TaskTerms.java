package dev.serai.core.features;

import dev.serai.core.features.LanguageGuess.Script;
import java.util.List;
import java.util.Locale;

/**
 * The terms of a text: which of {@link #BUCKETS} hashes of words, pairs of words and pieces of
 * words occur, and which rules apply. A rule is a word of {@code task-words.txt}, or a mark such as
 * a fence of code. One pass over the text, whatever it is. Immutable once read.
 */
final class TaskTerms {
  /** How many hashes are distinguished. */
  static final int BUCKETS = 1 << 12;

  /** How many rules there are. */
  static final int RULES = 24;

  private static final int FENCE = 8;
  private static final int QUESTION = 9;
  private static final int PROGRAM = 10;
  private static final int NUMBERS = 11;
  private static final int BRACES = 12;
  private static final int SHORT = 13;
  private static final int LONG = 14;
  private static final int SEVERAL = 15;

  /** The groups of words besides those of the clusters; their rules follow the marks. */
  private static final List<String> GROUPS =
      List.of("language", "meaning", "points", "document", "value", "either", "quantity", "error");

  private static final int FIRST_GROUP = 16;

  /** A word is looked at up to this length. */
  private static final int MAX_WORD = 24;

  private static final int PIECE = 4;
  private static final int MIN_STEM = 3;
  private static final List<String> PROGRAM_MARKS =
      List.of("();", ") {", "=> ", "::", "!=", "==", "def ", "</", "#include", "->");

  private static final HashedWords WORDS = new HashedWords(4096);
  private static final HashedWords STEMS = new HashedWords(4096);

  static {
    for (String line : HashedWords.lines("task-words.txt")) {
      String[] parts = line.split(" +");
      int bit = 1 << rule(parts[0]);
      for (int i = 1; i < parts.length; i++) {
        String word = parts[i];
        boolean stem = word.endsWith("*");
        (stem ? STEMS : WORDS).add(stem ? word.substring(0, word.length() - 1) : word, bit);
      }
    }
  }

  private static int rule(String group) {
    int place = GROUPS.indexOf(group);
    return place < 0
        ? TaskCluster.valueOf(group.toUpperCase(Locale.ROOT)).ordinal()
        : FIRST_GROUP + place;
  }

  private final long[] present = new long[BUCKETS / Long.SIZE];
  private final char[] word = new char[MAX_WORD + 2];
  private int rules;
  private int digits;
  private int lines;
  private long previous;

  private TaskTerms() {}

  static TaskTerms of(String text) {
    TaskTerms terms = new TaskTerms();
    terms.words(text);
    terms.marks(text);
    return terms;
  }

  /** Whether the term with that hash occurs, as bits. */
  long[] present() {
    return present;
  }

  /** The rules that apply, as bits; the first ones are those of the clusters' words, in order. */
  int rules() {
    return rules;
  }

  /** Whether there is a fence of code. */
  boolean hasFence() {
    return (rules >> FENCE & 1) != 0;
  }

  private void words(String text) {
    int at = 0;
    while (at < text.length()) {
      char here = text.charAt(at);
      if (Script.of(here).isEastAsian()) {
        window(text, at++);
      } else if (isOfWord(here)) {
        at = word(text, at);
      } else {
        lines += here == '\n' ? 1 : 0;
        at++;
      }
    }
  }

  private static boolean isOfWord(char here) {
    return Character.isLetterOrDigit(here) || here == '_';
  }

  private static boolean continues(char here) {
    return isOfWord(here) && !Script.of(here).isEastAsian();
  }

  /** A word: itself, with the one before, its stems, and its pieces. */
  private int word(String text, int from) {
    int length = 0;
    word[length++] = '^';
    int at = from;
    long hash = HashedWords.SEED;
    while (at < text.length() && continues(text.charAt(at))) {
      char here = Character.toLowerCase(text.charAt(at++));
      digits += Character.isDigit(here) ? 1 : 0;
      if (length <= MAX_WORD) {
        word[length++] = here;
        hash = HashedWords.with(hash, here);
        rules |= length > MIN_STEM ? STEMS.get(hash) : 0;
      }
    }
    word[length++] = '$';
    rules |= WORDS.get(hash);
    add(hash);
    add(previous ^ hash * 31); // the first word of a text is a pair, too
    previous = hash;
    pieces(length);
    return at;
  }

  private void pieces(int length) {
    for (int i = 0; i + PIECE <= length; i++) {
      long piece = HashedWords.SEED + 1;
      for (int k = 0; k < PIECE; k++) {
        piece = HashedWords.with(piece, word[i + k]);
      }
      add(piece);
    }
  }

  /** The last characters up to this one, of a script without spaces: one to four of them. */
  private void window(String text, int at) {
    for (int length = 1; length <= PIECE && at - length + 1 >= 0; length++) {
      long hash = HashedWords.SEED;
      for (int i = at - length + 1; i <= at; i++) {
        hash = HashedWords.with(hash, text.charAt(i));
      }
      rules |= WORDS.get(hash);
      if (length < 3) {
        add(hash);
      }
    }
  }

  private void add(long hash) {
    int bucket = (int) (hash ^ hash >>> 17 ^ hash >>> 40) & BUCKETS - 1;
    present[bucket / Long.SIZE] |= 1L << bucket;
  }

  private void marks(String text) {
    mark(FENCE, text.contains("```"));
    mark(QUESTION, text.indexOf('?') >= 0 || text.indexOf('\uFF1F') >= 0);
    mark(PROGRAM, PROGRAM_MARKS.stream().anyMatch(text::contains));
    mark(NUMBERS, digits > 3);
    mark(BRACES, text.indexOf('{') >= 0 && text.indexOf('}') >= 0);
    mark(SHORT, text.length() < 40);
    mark(LONG, text.length() > 300);
    mark(SEVERAL, lines > 1);
  }

  private void mark(int rule, boolean applies) {
    rules |= applies ? 1 << rule : 0;
  }
}
