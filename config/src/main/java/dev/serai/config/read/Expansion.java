package dev.serai.config.read;

import dev.serai.core.secret.SecretReference;
import java.util.Optional;

/**
 * Replaces variables and secrets in texts: {@code ${NAME}}, {@code ${NAME:-default}}, {@code
 * ${vault:PATH#FIELD}} and {@code ${file:/PATH}}; {@code $${} is an escaped {@code ${}. An empty
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

  private static boolean isReference(String inside) {
    return inside.startsWith(SecretReference.VAULT + ":")
        || inside.startsWith(SecretReference.FILE + ":");
  }

  /** If it cannot be read, that is reported, and nothing uses the reference instead. */
  private String secret(Place place, String reference, Problems problems) {
    Optional<String> value = inputs.secrets().read(place, reference, problems);
    return value.orElse(reference);
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
