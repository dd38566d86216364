package dev.serai.config.read;

/** Reads the text of a settings file: TOML if its name ends in .toml, otherwise YAML. Stateless. */
public final class Source {
  private Source() {}

  /** Whether a file of that name is TOML. */
  public static boolean isToml(String name) {
    return name.endsWith(".toml");
  }

  /**
   * Reads the text and adds mistakes to {@code problems}.
   *
   * @param name the name of the file, for errors
   * @param inputs what {@code ${NAME}} and {@code ${vault:PATH#FIELD}} stand for
   */
  public static Node.Mapping read(String name, String text, Inputs inputs, Problems problems) {
    return isToml(name)
        ? TomlSource.read(name, text, inputs, problems)
        : YamlSource.read(name, text, inputs, problems);
  }
}
