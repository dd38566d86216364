package dev.serai.core.cache.meaning;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A word of a prompt that counts, in each form that is as good as the one written. Immutable.
 *
 * @param forms such as the word and its singular; of a name or a number, only itself
 * @param role what a preposition before it says about it, such as "to"; else empty
 * @param exact whether it is a name, a number or an identifier
 */
record Word(Set<String> forms, String role, boolean exact) {
  private static final int MIN_STEM = 3;

  Word {
    forms = Set.copyOf(forms);
  }

  /** A name, a number or an identifier. */
  static Word exact(String text, String role) {
    return new Word(Set.of(text), role, true);
  }

  /** A common word, with its forms and what stands for the same. */
  static Word common(String text, String role) {
    Set<String> forms = new LinkedHashSet<>();
    for (String form : forms(text.toLowerCase(Locale.ROOT))) {
      forms.add(Lexicon.ENGLISH.head(form));
    }
    return new Word(forms, role, false);
  }

  Word in(String newRole) {
    return new Word(forms, newRole, exact);
  }

  /** Whether it says when something is, without a preposition. */
  boolean isTime() {
    return forms.stream().anyMatch(Lexicon.ENGLISH::isTime);
  }

  /** Whether both stand for the same, in the same place. */
  boolean agreesWith(Word other) {
    return role.equals(other.role) && forms.stream().anyMatch(other.forms::contains);
  }

  /** The word, its singular, and what its "-ing" may come from. */
  private static Set<String> forms(String word) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(word);
    if (Lexicon.ENGLISH.standsAlone(word)) {
      return forms;
    }
    if (word.endsWith("ies") && word.length() > MIN_STEM + 1) {
      forms.add(cut(word, 3) + "y");
    } else if (word.endsWith("s") && !word.endsWith("ss") && word.length() > MIN_STEM) {
      forms.add(cut(word, 1));
      if (word.endsWith("es")) {
        forms.add(cut(word, 2));
      }
    } else if (word.endsWith("ing") && word.length() > MIN_STEM + 2) {
      String stem = cut(word, 3);
      forms.add(stem);
      forms.add(stem + "e");
      int last = stem.length() - 1;
      if (stem.charAt(last) == stem.charAt(last - 1)) {
        forms.add(cut(stem, 1));
      }
    }
    return forms;
  }

  private static String cut(String word, int characters) {
    return word.substring(0, word.length() - characters);
  }
}
