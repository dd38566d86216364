package dev.serai.config.read;

import dev.serai.core.secret.KeyForms;

/**
 * The place of a value: file, line and key, or an environment variable.
 *
 * @param source the path of the file as the operator writes it, or "environment"
 * @param line from 1; 0 if unknown
 * @param key the path of the setting, or the name of the variable
 */
public record Place(String source, int line, String key) {
  private static final String ENVIRONMENT = "environment";

  /** A variable of the environment. */
  public static Place variable(String name) {
    return new Place(ENVIRONMENT, 0, name);
  }

  /** Whether this is a variable of the environment. */
  public boolean inEnvironment() {
    return source.equals(ENVIRONMENT);
  }

  /** Another key in the same file. */
  Place at(int otherLine, String otherKey) {
    return new Place(source, otherLine, otherKey);
  }

  /** The place for a message: without a key that is in the place of a name. */
  public String shown() {
    return new Place(source, line, KeyForms.redactedText(key)).toString();
  }

  @Override
  public String toString() {
    if (inEnvironment()) {
      return "environment variable " + key;
    }
    String file = line > 0 ? source + ":" + line : source;
    return key.isEmpty() ? file : file + ": " + key;
  }
}
