package dev.serai.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that relative paths of the settings start from: config/, serai.d and .serai are there.
 *
 * @param folder absolute
 * @param chosenBy what chose it
 */
record Home(Path folder, String chosenBy) {
  private static final String VARIABLE = "SERAI_HOME";
  private static final List<String> OPERATORS_OWN =
      List.of(
          "config/serai.yaml", "serai.yaml", "config/models.yaml", "serai.d", ".serai/serai.db");

  /**
   * The folder of the argument {@code --home}, else that of the variable, else the working
   * directory.
   *
   * @throws IllegalArgumentException if it is not a folder
   */
  static Home of(Optional<String> argument, Map<String, String> environment, Path working) {
    String variable = environment.getOrDefault(VARIABLE, "");
    if (argument.isPresent()) {
      return existing(working.resolve(argument.get()), "--home");
    }
    return variable.isBlank()
        ? new Home(working, "the working directory; --home or " + VARIABLE + " chooses another")
        : existing(working.resolve(variable.strip()), VARIABLE);
  }

  private static Home existing(Path folder, String chosenBy) {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? folder + " is not a folder" : missing("folder", folder);
      throw new IllegalArgumentException(chosenBy + ": " + what);
    }
    return new Home(folder.normalize(), chosenBy);
  }

  /**
   * The settings file of the argument {@code --config}.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  static String settingsFile(String argument, Path working) {
    Path file = working.resolve(argument);
    if (!Files.isRegularFile(file)) {
      String what =
          Files.isDirectory(file) ? file + " is a folder, not a file" : missing("file", file);
      throw new IllegalArgumentException("--config: " + what);
    }
    return file.toString();
  }

  private static String missing(String kind, Path path) {
    return "the " + kind + " " + path + " does not exist";
  }

  /** What is in the checkout and would be used if the gateway had been started there. */
  List<String> unused(Path checkout) {
    List<String> unused = new ArrayList<>();
    if (!checkout.equals(folder)) {
      for (String name : OPERATORS_OWN) {
        Path file = checkout.resolve(name);
        if (Files.exists(file)) {
          unused.add(file + ": is not used, since the home folder is " + folder);
        }
      }
    }
    return unused;
  }
}
