package dev.serai.config.read;

import dev.serai.core.text.Spelling;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Converts between names in code and names in files, and finds likely typos. Stateless. */
public final class Names {
  private Names() {}

  /** {@code maxBodyBytes} is written {@code max_body_bytes}. */
  public static String written(String component) {
    StringBuilder out = new StringBuilder(component.length() + 4);
    for (int i = 0; i < component.length(); i++) {
      char c = component.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append('_');
      }
      out.append(Character.toLowerCase(c));
    }
    return out.toString();
  }

  /** How an enum constant is written: its {@code toString} if that is overridden, else its name. */
  public static String written(Enum<?> value) {
    String text = value.toString();
    return text.equals(value.name()) ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** A name in a sentence; one with blanks or nothing in it is quoted, so that they are seen. */
  public static String shown(String name) {
    boolean plain = !name.isEmpty() && name.chars().noneMatch(Character::isWhitespace);
    return plain ? name : "'" + name + "'";
  }

  /** Whether a value is in quotes, as in a line that a shell would have removed them from. */
  public static boolean isQuoted(String value) {
    return value.length() > 1
        && (value.charAt(0) == '"' || value.charAt(0) == '\'')
        && value.charAt(value.length() - 1) == value.charAt(0);
  }

  /** The path of a setting inside another. */
  public static String path(String parent, String key) {
    return parent.isEmpty() ? key : parent + "." + key;
  }

  /**
   * The name of a setting that is {@link #closestTo meant}, with {@code -} or {@code _} between its
   * words; else the only one that has the words of the one read, and others.
   */
  public static Optional<String> closestSetting(String read, Collection<String> allowed) {
    return closestTo(read.replace('-', '_'), allowed).or(() -> Spelling.longer(read, allowed));
  }

  /** The name that is near to the one read, as {@link Spelling#closest} says. */
  public static Optional<String> closestTo(String read, Collection<String> names) {
    return Spelling.closest(read, names);
  }
}
