package dev.serai.core.cache.meaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a prompt that decide what it asks for, in their order. Two prompts can only ask for
 * the same if these agree: each number, name and identifier, each negation, word of time and word
 * of direction, and each other word that counts is in both, itself or one that stands for it. How
 * near the meanings are does not count here: embeddings hardly tell "in 2019" from "in 2020". A
 * prompt about how something is written has none: there an article or a plural may decide.
 *
 * <p>It knows the grammar of English. Of other languages every word counts. Immutable.
 */
public final class PromptSignature {
  /** Longer prompts are not compared: an embedding has only the beginning of them. */
  public static final int MAX_CHARACTERS = 600;

  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\p{L}\\p{N}_](?:[\\p{L}\\p{M}\\p{N}_'.,:/@#+-]*[\\p{L}\\p{M}\\p{N}_+#])?|[^\\s.,;:!?()\\[\\]{}\"'`]");

  /** In this order; the last ones put a space around marks and make one of several. */
  private static final Map<Pattern, String> CONTRACTIONS = new LinkedHashMap<>();

  static {
    Map<String, String> written = new LinkedHashMap<>();
    written.put("\\bwon't\\b", "will not");
    written.put("\\bcan(?:'t|not)\\b", "can not");
    written.put("n't\\b", " not");
    written.put("'ll\\b", " will");
    written.put("'s\\b", " is");
    written.put("'re\\b", " are");
    written.put("'m\\b", " am");
    written.put("'ve\\b", " have");
    written.put("'d\\b", " would");
    written.put("([,;:!?]+|\\.+)(?=\\s)", " $1 ");
    written.put("[ \\t]+", " ");
    written.forEach(
        (from, to) -> CONTRACTIONS.put(Pattern.compile(from, Pattern.CASE_INSENSITIVE), to));
  }

  private static final Pattern QUANTITY = Pattern.compile("(\\d+(?:\\.\\d+)*)(\\p{L}+)");
  private static final Pattern SENTENCE = Pattern.compile("[.!?:\\n]");
  private static final Pattern IDENTIFIER =
      Pattern.compile(".*(?:[\\p{N}_@/#+]|\\p{Ll}\\p{Lu}|\\p{L}[.:]\\p{L}).*", Pattern.DOTALL);

  private final List<Word> words;
  private final List<String> marks;
  private final int movable;

  private PromptSignature(Reader read) {
    this.movable = read.movable();
    this.words = List.copyOf(read.words);
    this.marks = read.marks.stream().sorted().toList();
  }

  /** Reads the file of words, so that no later call does. */
  public static void load() {
    Lexicon.ENGLISH.frames();
  }

  /**
   * That of a prompt; empty if it is too long, is about how something is written, or has no word
   * that counts.
   */
  public static Optional<PromptSignature> of(String prompt) {
    String plain = prompt.replace('\u2019', '\'');
    if (prompt.length() > MAX_CHARACTERS || LiteralText.isIn(plain)) {
      return Optional.empty();
    }
    Reader read = new Reader();
    read.read(framed(plain));
    return read.words.isEmpty() ? Optional.empty() : Optional.of(new PromptSignature(read));
  }

  /**
   * Whether both may ask for the same. The order is the same, except that what stands before the
   * only comma of one, if it begins with a preposition or says a time, may be at the end of the
   * other.
   */
  public boolean agreesWith(PromptSignature other) {
    int size = words.size();
    if (size != other.words.size() || !marks.equals(other.marks)) {
      return false;
    }
    return agrees(other, 0) || agrees(other, size - movable) || agrees(other, other.movable);
  }

  private boolean agrees(PromptSignature other, int turn) {
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).agreesWith(other.words.get((i + turn) % words.size()))) {
        return false;
      }
    }
    return true;
  }

  /** Whether both have the same numbers, names and identifiers. */
  public boolean hasNamesOf(PromptSignature other) {
    return names().equals(other.names());
  }

  private List<String> names() {
    return words.stream()
        .filter(Word::exact)
        .flatMap(word -> word.forms().stream())
        .sorted()
        .toList();
  }

  /** About how many bytes it takes in memory. */
  public long bytes() {
    return 64 + 200L * words.size();
  }

  /** Without the phrases that say how something is asked, as far as no letter's case counts. */
  private static String framed(String prompt) {
    String text = " " + prompt.strip() + " ";
    for (Map.Entry<Pattern, String> contraction : CONTRACTIONS.entrySet()) {
      text = contraction.getKey().matcher(text).replaceAll(contraction.getValue());
    }
    String lower = lower(text);
    for (Map.Entry<String, String> frame : Lexicon.ENGLISH.frames().entrySet()) {
      String from = frame.getKey();
      int at = lower.indexOf(from);
      while (at >= 0) {
        text = text.substring(0, at) + frame.getValue() + text.substring(at + from.length());
        lower = lower(text);
        at = lower.indexOf(from, at);
      }
    }
    return text;
  }

  /** In lower case, and as long as before: some letters have two in lower case. */
  private static String lower(CharSequence text) {
    char[] all = text.toString().toCharArray();
    for (int i = 0; i < all.length; i++) {
      all[i] = Character.toLowerCase(all[i]);
    }
    return new String(all);
  }

  /** The mark of what has been, in the file of words. */
  private static final String PAST = "past";

  /** Words that ask for a subject or an object. */
  private static final Set<String> WHICH = Set.of("who", "whom", "whose", "which", "what");

  /** Reads the words of one prompt. Not thread-safe. */
  private static final class Reader {
    private final List<Word> words = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private String role = "";
    private String before = "";
    private boolean counted;
    private boolean last;
    private boolean asksWhich;
    private boolean of;
    private int sinceOf;
    private int commas;
    private int beforeComma;

    void read(String text) {
      Matcher tokens = TOKEN.matcher(text);
      int end = 0;
      while (tokens.find()) {
        String gap = text.substring(end, tokens.start());
        if (!words.isEmpty() && gap.indexOf(',') >= 0) {
          commas++;
          beforeComma = words.size();
        }
        int size = words.size();
        last = text.substring(tokens.end()).chars().noneMatch(Character::isLetterOrDigit);
        if (isLetter(tokens.group())) {
          add(Word.exact(tokens.group().toLowerCase(Locale.ROOT), role));
        } else {
          token(tokens.group(), end == 0 || SENTENCE.matcher(gap).find());
        }
        counted = words.size() > size;
        before = tokens.group().toLowerCase(Locale.ROOT);
        asksWhich |= WHICH.contains(before);
        end = tokens.end();
      }
    }

    /** How many words before the only comma may stand at the end as well. */
    int movable() {
      if (commas != 1 || beforeComma == words.size()) {
        return 0;
      }
      List<Word> front = words.subList(0, beforeComma);
      boolean moves = !front.getFirst().role().isEmpty() || front.stream().allMatch(Word::isTime);
      return moves ? beforeComma : 0;
    }

    /** Whether "a" or "I" is a letter or a number, as in "vitamin A" and "World War I". */
    private boolean isLetter(String token) {
      return switch (token) {
        case "A" -> !before.isEmpty();
        case "a" -> last;
        case "I", "i" -> counted;
        default -> false;
      };
    }

    /** The place of pronouns, which do not count else: "Who calls me?" is not "Who do I call?". */
    private void pronoun(String lower) {
      switch (lower) {
        case "i", "we" -> {
          if (asksWhich) {
            marks.add("i");
          }
        }
        case "me", "us" -> {
          if (asksWhich || role.isEmpty()) {
            marks.add("me");
          }
        }
        case "it" -> {
          if (!Lexicon.ENGLISH.isAuxiliary(before)) {
            marks.add("it");
          }
        }
        case "this", "that", "these", "those" -> {
          if (last || !role.isEmpty()) {
            marks.add(lower + ' ' + role);
          }
        }
        default -> {}
      }
    }

    private void token(String token, boolean first) {
      String lower = token.toLowerCase(Locale.ROOT);
      pronoun(lower);
      Matcher quantity = QUANTITY.matcher(token);
      boolean capitals =
          token.length() > 1
              && token.equals(token.toUpperCase(Locale.ROOT))
              && !token.equals(lower);
      if (quantity.matches()) {
        add(Word.exact(quantity.group(1), role));
        add(Word.common(quantity.group(2), role));
      } else if (capitals) {
        add(Word.exact(token.length() > 4 ? lower : token, role));
      } else if (IDENTIFIER.matcher(token).matches()) {
        add(Word.exact(token.replaceAll("(?<=\\d),(?=\\d{3})", ""), role));
      } else if (lower.equals("of")) {
        of = true;
        sinceOf = words.size();
      } else if (Lexicon.ENGLISH.isRole(lower)) {
        role = Lexicon.ENGLISH.head(lower);
      } else if (Lexicon.ENGLISH.isMark(Lexicon.ENGLISH.head(lower))) {
        marks.add(Lexicon.ENGLISH.head(lower));
      } else if (Lexicon.ENGLISH.isObject(lower)) {
        role = "";
      } else if (!Lexicon.ENGLISH.drops(lower)) {
        common(token, !first && Character.isUpperCase(token.charAt(0)));
      }
    }

    private void common(String token, boolean name) {
      String lower = token.toLowerCase(Locale.ROOT);
      Optional<String> present = name ? Optional.empty() : Lexicon.ENGLISH.presentOf(lower);
      present.ifPresent(_ -> marks.add(PAST));
      add(name ? Word.exact(lower, role) : Word.common(present.orElse(lower), role));
    }

    /** The president of France is France's president. */
    private void add(Word word) {
      role = "";
      int last = words.size() - 1;
      if (of && last >= 0 && sinceOf == words.size()) {
        words.add(last, word.in(words.get(last).role()));
        words.set(last + 1, words.get(last + 1).in(""));
      } else {
        words.add(word);
      }
      of = false;
    }
  }
}
