package dev.serai.config.read;

import java.util.Map;

/**
 * Replaces variables in texts: {@code ${NAME}}, {@code ${NAME:-default}}; {@code $${} is an escaped
 * {@code ${}. An empty variable counts as not set. Values are not expanded again. Thread-safe.
 */
final class Expansion {
  private final Map<String, String> environment;

  Expansion(Map<String, String> environment) {
    this.environment = environment;
  }

  Node expand(Place place, String written, Problems problems) {
    if (written.indexOf("${") < 0) {
      return new Node.Scalar(place, written, written);
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int at = written.indexOf("${"); at >= 0; at = written.indexOf("${", from)) {
      if (at > from && written.charAt(at - 1) == '$') {
        out.append(written, from, at).append('{');
        from = at + 2;
        continue;
      }
      int end = written.indexOf('}', at);
      String inside = end < 0 ? "" : written.substring(at + 2, end);
      String name = inside.contains(":-") ? inside.substring(0, inside.indexOf(":-")) : inside;
      if (!isName(name)) {
        problems.add(
            place, "write a variable as ${NAME} or ${NAME:-default}, and ${ itself as $${");
        return new Node.Scalar(place, written, written);
      }
      String value = environment.getOrDefault(name, "");
      if (value.isEmpty() && name.length() == inside.length()) {
        return new Node.Unset(place, name);
      }
      out.append(written, from, at);
      out.append(value.isEmpty() ? inside.substring(name.length() + 2) : value);
      from = end + 1;
    }
    return new Node.Scalar(place, out.append(written, from, written.length()).toString(), written);
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c == '_' || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
