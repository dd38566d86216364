package dev.serai.config.read;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises values that YAML reads as another kind than was meant: {@code port:8000} is a text,
 * and {@code {NAME}} is a mapping. Pure; shows names of keys and variables only.
 */
final class WrittenForm {
  private static final Pattern NO_BLANK = Pattern.compile("([A-Za-z0-9_./*-]{1,32}):[^\\s:/].*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** A variable in a list in brackets, where braces begin a mapping. */
  private static final Pattern UNQUOTED =
      Pattern.compile("(?<![\"'\\w])\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

  private WrittenForm() {}

  /**
   * What is missing in a text in the place of a mapping; empty if it is not meant as one.
   *
   * @param isKey what the mapping may have, so that no other part of the text is shown
   */
  static Optional<String> missingBlank(Node node, Predicate<String> isKey) {
    Matcher key =
        NO_BLANK.matcher(node instanceof Node.Scalar scalar ? firstLine(scalar.written()) : "");
    return key.matches() && isKey.test(key.group(1))
        ? Optional.of("a blank is missing after the colon; write " + key.group(1) + ": VALUE")
        : Optional.empty();
  }

  /** How to write a variable that was written with braces only; empty if it was not. */
  static Optional<String> missingDollar(Node node) {
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().size() != 1) {
      return Optional.empty();
    }
    Map.Entry<String, Node> only = mapping.entries().entrySet().iterator().next();
    return only.getValue() instanceof Node.Empty && VARIABLE.matcher(only.getKey()).matches()
        ? Optional.of("write ${" + only.getKey() + "} for the value of a variable")
        : Optional.empty();
  }

  /**
   * What to do about a variable without quotes in a line that is not YAML; empty if there is none.
   *
   * @param line from 1
   */
  static Optional<String> missingQuotes(String text, int line) {
    Matcher found =
        UNQUOTED.matcher(text.lines().skip(Math.max(0, line - 1)).findFirst().orElse(""));
    return found.find() ? Optional.of("put \"" + found.group() + "\" in quotes") : Optional.empty();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
