package dev.serai.config.read;

import dev.serai.core.secret.SecretReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds texts that would be used as a secret although they are meant as something else: references
 * that are not written as the place where they are asks, names of variables, and texts with control
 * characters. Each element of a list is judged. Pure; the messages do not repeat the text.
 */
public final class PlainReferences {
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:bearer|basic)\\s+");
  private static final Pattern PAIR = Pattern.compile("[A-Za-z][\\w-]*\\s*=\\s*(.*)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_]\\w*(?::-[^}]*)?}");
  private static final String ESCAPED = "$${";
  private static final String CONTROL =
      "has a line break or another control character; the elements of a list are separated by"
          + " commas";

  private PlainReferences() {}

  /**
   * What is wrong with the text of a secret in a file; empty if nothing is.
   *
   * @param named whether the secret may have a name before a colon
   */
  static Optional<String> inFile(Node.Scalar scalar, boolean named) {
    if (hasReference(scalar.written(), named)) {
      return Optional.of(
          "write a reference in a file as ${vault:PATH#FIELD} or ${file:/PATH}; without ${ and } it"
              + " is taken for the secret itself");
    }
    if (scalar.expanded() && hasReference(scalar.text(), named)) {
      return Optional.of(
          "the value of its variable would be taken for the secret itself; "
              + "write a reference as vault:PATH#FIELD or file:/PATH");
    }
    if (scalar.expanded()
        && !scalar.written().contains(ESCAPED)
        && VARIABLE.matcher(scalar.text()).find()) {
      return Optional.of(
          "the value that was put in the place of ${...} has ${NAME} inside, which would be taken for"
              + " the secret itself; write the secret there");
    }
    return parts(scalar.text(), named).stream()
        .map(OtherReferences::form)
        .flatMap(Optional::stream)
        .findFirst()
        .map(form -> "write a variable as ${NAME}, not as " + form)
        .or(() -> control(scalar.text()));
  }

  /** What to write instead of a node that is not a text. */
  static Optional<String> insteadOf(Node node) {
    return node instanceof Node.Mapping mapping && mapping.entries().containsKey("value")
        ? Optional.of(
            "a mapping with value is how Bifrost writes a key; write each key as a text, as in"
                + " [\"${FIRST}\", \"${SECOND}\"]; keys have no weight and are used in turn")
        : Optional.empty();
  }

  /** Whether a text is meant as a reference. */
  public static boolean isMeant(String text, boolean named) {
    return named ? SecretReference.isMeant(text) : SecretReference.isMeantWithoutName(text);
  }

  /**
   * What is wrong with the value of a variable that holds a secret, after the reference that it is
   * has been read; empty if nothing is.
   *
   * @param named whether the secret may have a name before a colon
   */
  public static Optional<String> inVariable(String text, boolean named) {
    List<String> parts = parts(text, named);
    if (has(parts, part -> part.startsWith("${vault:") || part.startsWith("${file:"))) {
      return Optional.of(
          "write a reference in a variable without ${ and }, as vault:PATH#FIELD or file:/PATH");
    }
    if (hasReference(text, named)) {
      return Optional.of(
          "a reference is the whole value of the variable; put the list into the file or the secret"
              + " that it refers to");
    }
    boolean other =
        VARIABLE.matcher(text).find() || has(parts, part -> OtherReferences.form(part).isPresent());
    return other
        ? Optional.of(
            "the name of a variable would be taken for the secret itself; write the secret,"
                + " vault:PATH#FIELD or file:/PATH")
        : control(text);
  }

  /** Whether a text that should be a secret is a reference or names a variable instead. */
  public static boolean refers(String text) {
    List<String> parts = parts(text, false);
    return hasReference(text, false)
        || has(parts, part -> part.startsWith("${"))
        || has(parts, part -> OtherReferences.form(part).isPresent());
  }

  private static Optional<String> control(String text) {
    return text.strip().chars().anyMatch(Character::isISOControl)
        ? Optional.of(CONTROL)
        : Optional.empty();
  }

  private static boolean hasReference(String text, boolean named) {
    for (String element : text.split(",", -1)) {
      if (isMeant(element.strip(), named)
          || has(values(element.strip(), named), SecretReference::isMeantWithoutName)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(List<String> parts, Predicate<String> what) {
    return parts.stream().anyMatch(what);
  }

  /** The elements of a list, and the secrets in them. */
  private static List<String> parts(String text, boolean named) {
    List<String> parts = new ArrayList<>();
    for (String element : text.split(",", -1)) {
      parts.add(element.strip());
      parts.addAll(values(element.strip(), named));
    }
    return parts;
  }

  /** What is behind the name of a key, the name of a header field, or an authentication scheme. */
  private static List<String> values(String element, boolean named) {
    List<String> values = new ArrayList<>();
    int colon = named ? element.indexOf(':') : -1;
    if (colon >= 0) {
      values.add(element.substring(colon + 1).strip());
    }
    Matcher pair = PAIR.matcher(element);
    String value = pair.matches() ? pair.group(1) : element;
    Matcher scheme = SCHEME.matcher(value);
    String secret = scheme.lookingAt() ? value.substring(scheme.end()) : value;
    if (secret.length() < element.length()) {
      values.add(secret.strip());
    }
    return values;
  }
}
