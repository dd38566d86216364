package dev.serai.core.privacy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recognises names that the operator lists, as whole words and in the same case. Names are found by
 * their first word, so that a text is searched once whatever the number of names. Immutable.
 */
final class NameDictionary {
  private final Map<String, List<String>> byFirstWord = new HashMap<>();
  private final BitSet firstLetters = new BitSet();

  NameDictionary(Set<String> names) {
    for (String name : names) {
      firstLetters.set(name.charAt(0));
      byFirstWord
          .computeIfAbsent(name.substring(0, wordEnd(name, 0)), _ -> new ArrayList<>())
          .add(name);
    }
    // The longest first: "Ann Lee Smith" comes before "Ann".
    byFirstWord
        .values()
        .forEach(all -> all.sort(Comparator.comparingInt(String::length).reversed()));
  }

  boolean isEmpty() {
    return byFirstWord.isEmpty();
  }

  /** The name that begins at the beginning of a word. */
  Finding find(String text, int start, int wordEnd) {
    List<String> names =
        firstLetters.get(text.charAt(start))
            ? byFirstWord.get(text.substring(start, wordEnd))
            : null;
    if (names != null) {
      for (String name : names) {
        int end = start + name.length();
        if (text.startsWith(name, start) && !Chars.isWord(Chars.at(text, end))) {
          return new Finding(PiiKind.NAME, start, end);
        }
      }
    }
    return Scan.NOTHING;
  }

  /** The offset behind the letters and digits that begin here. */
  static int wordEnd(CharSequence text, int from) {
    int end = from;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
