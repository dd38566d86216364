package dev.serai.config.read;

import java.util.Map;

/** Reads the text of a settings file: TOML if its name says so, else YAML. */
public final class Source {
  private Source() {}

  /** Whether a file of that name is TOML. */
  public static boolean isToml(String name) {
    return name.endsWith(".toml");
  }

  /**
   * Reads; what is wrong goes to {@code problems}.
   *
   * @param name the file's name, as errors show it
   * @param environment what {@code ${NAME}} is looked up in
   */
  public static Node.Mapping read(
      String name, String text, Map<String, String> environment, Problems problems) {
    return isToml(name)
        ? TomlSource.read(name, text, environment, problems)
        : YamlSource.read(name, text, environment, problems);
  }
}
