package dev.serai.config.read;

import dev.serai.core.secret.SecretReference;

/**
 * Replaces variables and secrets in texts: {@code ${NAME}}, {@code ${NAME:-default}}, {@code
 * ${vault:PATH#FIELD}} and {@code ${file:/PATH}}, which have no default; {@code $${} is an escaped {@code ${}. An empty
 * variable counts as not set; one that is a reference to a secret stands for the secret. Values are
 * not expanded again. Not thread-safe.
 */
final class Expansion {
  private final Inputs inputs;

  Expansion(Inputs inputs) {
    this.inputs = inputs;
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
      if (inside.contains("${")) {
        problems.add(place, "write no ${ inside of ${ and }: a default is a plain text");
        return new Node.Scalar(place, written, written);
      }
      boolean secret = isReference(inside);
      String name = inside.contains(":-") ? inside.substring(0, inside.indexOf(":-")) : inside;
      if (!secret && !isName(name)) {
        problems.add(
            place, "write a variable as ${NAME} or ${NAME:-default}, and ${ itself as $${");
        return new Node.Scalar(place, written, written);
      }
      String value = secret ? secret(place, inside, problems) : variable(place, name, problems);
      if (!secret && value.isEmpty() && name.length() == inside.length()) {
        return new Node.Unset(place, name);
      }
      out.append(written, from, at);
      out.append(secret || !value.isEmpty() ? value : inside.substring(name.length() + 2));
      from = end + 1;
    }
    return new Node.Scalar(place, out.append(written, from, written.length()).toString(), written);
  }

  /** A variable may have the name {@code vault} or {@code file} and a default. */
  private static boolean isReference(String inside) {
    boolean variable = inside.startsWith(":-", inside.indexOf(':'));
    return !variable && SecretReference.isMeantWithoutName(inside);
  }

  private String secret(Place place, String reference, Problems problems) {
    return inputs.secrets().read(place, reference, problems);
  }

  private String variable(Place place, String name, Problems problems) {
    String value = inputs.environment().getOrDefault(name, "");
    return SecretReference.isMeant(value.strip()) ? secret(place, value.strip(), problems) : value;
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
