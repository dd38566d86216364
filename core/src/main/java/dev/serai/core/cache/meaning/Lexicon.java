package dev.serai.core.cache.meaning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the words of a language do in a request, from a file. Its lines are a kind and words: {@code
 * drop} for those that do not count, {@code object} for those of them that end what a preposition
 * says, {@code mark} for those whose place does not count, {@code past} for verbs, {@code role} for
 * prepositions that say which of two is meant, {@code frame} for phrases, {@code same} for words
 * that stand for the first one, {@code text} for words about texts, {@code own} for words that are
 * not the plural of another, {@code time} for those that say when, and {@code auxiliary} for verbs
 * that stand before a subject. Immutable.
 */
final class Lexicon {
  /** Words of other languages are unknown to it: they all count. */
  static final Lexicon ENGLISH = read("english.txt");

  private final Set<String> dropped = new HashSet<>();
  private final Set<String> objects = new HashSet<>();
  private final Set<String> marks = new HashSet<>();
  private final Set<String> roles = new HashSet<>();
  private final Set<String> texts = new HashSet<>();
  private final Set<String> own = new HashSet<>();
  private final Set<String> times = new HashSet<>();
  private final Set<String> auxiliaries = new HashSet<>();
  private final Map<String, String> pasts = new HashMap<>();
  private final Map<String, String> heads = new HashMap<>();
  private final Map<String, String> frames = new LinkedHashMap<>();

  private Lexicon() {}

  private static Lexicon read(String file) {
    try (InputStream stream = Lexicon.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is not beside " + Lexicon.class.getName());
      }
      Lexicon made = new Lexicon();
      new String(stream.readAllBytes(), UTF_8).lines().forEach(made::add);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    String[] parts = line.split(" ", 2);
    switch (parts[0]) {
      case "drop" -> dropped.addAll(List.of(parts[1].split(" ")));
      case "object" -> objects.addAll(List.of(parts[1].split(" ")));
      case "mark" -> marks.addAll(List.of(parts[1].split(" ")));
      case "role" -> roles.addAll(List.of(parts[1].split(" ")));
      case "text" -> texts.addAll(List.of(parts[1].split(" ")));
      case "own" -> own.addAll(List.of(parts[1].split(" ")));
      case "time" -> times.addAll(List.of(parts[1].split(" ")));
      case "auxiliary" -> auxiliaries.addAll(List.of(parts[1].split(" ")));
      case "past" -> pasts.put(parts[1].split(" ")[0], parts[1].split(" ")[1]);
      case "same" -> {
        String[] words = parts[1].split(" ");
        for (String word : words) {
          heads.put(word, words[0]);
        }
      }
      case "frame" -> {
        String[] sides = parts[1].split(" = ?", 2);
        frames.put(" " + sides[0].strip() + " ", sides[1].isBlank() ? " " : " " + sides[1] + " ");
      }
      default -> throw new IllegalStateException("unknown kind of line: " + line);
    }
  }

  /** Whether a word, in lower case, does not count. */
  boolean drops(String word) {
    return dropped.contains(word);
  }

  /** Whether a word that does not count ends what a preposition says. */
  boolean isObject(String word) {
    return objects.contains(word);
  }

  /** Whether the place of a word, which stands for itself, does not count. */
  boolean isMark(String word) {
    return marks.contains(word);
  }

  /** The verb of which a word is the past. */
  Optional<String> presentOf(String word) {
    return Optional.ofNullable(pasts.get(word));
  }

  boolean isRole(String word) {
    return roles.contains(word);
  }

  /** Whether a word is about texts, words or languages. */
  boolean isAboutText(String word) {
    return texts.contains(word);
  }

  /** Whether a word looks like a plural of another word and means something else. */
  boolean standsAlone(String word) {
    return own.contains(word);
  }

  boolean isTime(String word) {
    return times.contains(word);
  }

  /** Whether a word, such as "do", stands before the subject of a question. */
  boolean isAuxiliary(String word) {
    return auxiliaries.contains(word);
  }

  /** What a word stands for; itself unless the file has it. */
  String head(String word) {
    return heads.getOrDefault(word, word);
  }

  /** Phrases by what is put in their place, with a space at both ends, in the file's order. */
  Map<String, String> frames() {
    return frames;
  }
}
