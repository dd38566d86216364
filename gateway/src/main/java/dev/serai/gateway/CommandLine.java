package dev.serai.gateway;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of the process.
 *
 * @param check whether to check the configuration and end, instead of serving
 * @param console whether the console is started
 * @param config the settings file, relative to the working directory
 * @param home the folder of settings, routes and state, relative to the working directory
 */
record CommandLine(boolean check, boolean console, Optional<String> config, Optional<String> home) {
  private static final String KNOWN =
      "known are check, --console, --config FILE, --home FOLDER; see ./serai help";

  /**
   * Parses the arguments.
   *
   * @throws IllegalArgumentException if one is unknown or has no value
   */
  static CommandLine of(List<String> arguments) {
    CommandLine line = new CommandLine(false, false, Optional.empty(), Optional.empty());
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      line = line.with(rest.next(), rest);
    }
    return line;
  }

  private CommandLine with(String argument, Iterator<String> rest) {
    int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
    String name = equals < 0 ? argument : argument.substring(0, equals);
    return switch (name) {
      case "check" -> new CommandLine(true, console, config, home);
      case "--console" -> new CommandLine(check, true, config, home);
      case "--config" -> new CommandLine(check, console, value(argument, equals, rest), home);
      case "--home" -> new CommandLine(check, console, config, value(argument, equals, rest));
      default -> throw new IllegalArgumentException("unknown argument: " + argument + "; " + KNOWN);
    };
  }

  private static Optional<String> value(String argument, int equals, Iterator<String> rest) {
    String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
    if (value.isBlank() || value.startsWith("--")) {
      throw new IllegalArgumentException(argument + " needs a value; " + KNOWN);
    }
    return Optional.of(value);
  }
}
