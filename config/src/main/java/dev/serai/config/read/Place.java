package dev.serai.config.read;

/**
 * Where a value was read.
 *
 * @param source a file as the operator would write it, or "environment"
 * @param line from 1; 0 if there are none
 * @param key the path of the setting, or the variable's name
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

  /** The same file at another key. */
  Place at(int otherLine, String otherKey) {
    return new Place(source, otherLine, otherKey);
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
