package dev.serai.core.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds names, addresses and codes in a sentence. Pure. */
final class Names {
  private static final Pattern NAME =
      Pattern.compile(
          "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+" // an e-mail address
              + "|https?://\\S+" // an address of a page
              + "|\\b(?=[\\w-]*\\p{L})(?=[\\w-]*\\p{Nd})\\w+(?:-\\w+)*\\b" // a code
              + "|\\p{Lu}[\\p{L}'-]+(?: (?:van |de |der |von )*\\p{Lu}[\\p{L}'-]+)*",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern BEGINNING = Pattern.compile("^[\\s\"'(*-]*$");
  private static final Set<String> USUAL =
      Set.of("I'm", "I've", "I'll", "I'd", "Ok", "Okay", "Yes", "No", "Thanks", "Hello", "Hi");

  private Names() {}

  /** Those of a sentence. Its first word counts only if more capital letters follow it. */
  static List<String> in(String sentence) {
    List<String> found = new ArrayList<>();
    Matcher name = NAME.matcher(sentence);
    while (name.find()) {
      String text = name.group();
      boolean first = BEGINNING.matcher(sentence.substring(0, name.start())).matches();
      if (first && text.contains(" ") && Character.isUpperCase(text.charAt(0))) {
        found.add(text);
      } else if (!first && !USUAL.contains(text)) {
        found.add(text);
      } else if (first && hasDigit(text)) {
        found.add(text);
      }
    }
    return found;
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }
}
