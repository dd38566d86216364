package dev.serai.gateway.replay;

import dev.serai.config.read.Names;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arguments of {@code serai replay}. Immutable.
 *
 * @param json whether the result is printed as JSON
 * @param options the values of the other options, by name without dashes
 */
public record ReplayArguments(boolean json, Map<String, String> options) {
  private static final String HELP = "; see ./serai replay --help";
  private static final Set<String> KNOWN =
      Set.of("policy", "file", "model", "tenant", "from", "to", "limit", "config", "home");

  private static final int DEFAULT_LIMIT = 50_000;
  private static final int MAX_LIMIT = 100_000;

  public ReplayArguments {
    options = Map.copyOf(options);
  }

  /**
   * Parses the arguments behind {@code replay}.
   *
   * @throws IllegalArgumentException if one is unknown, missing or has no value
   */
  public static ReplayArguments of(List<String> arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    boolean json = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--json")) {
        json = true;
      } else {
        option(argument, rest, options);
      }
    }
    if (!options.containsKey("policy")) {
      throw new IllegalArgumentException("replay needs --policy FILE" + HELP);
    }
    return new ReplayArguments(json, options);
  }

  private static void option(String argument, Iterator<String> rest, Map<String, String> options) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    if (!name.startsWith("--") || !KNOWN.contains(name.substring(2))) {
      throw new IllegalArgumentException(
          "unknown argument of replay: " + argument + meant(name).orElse(HELP));
    }
    String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
    if (value.isBlank() || value.startsWith("--")) {
      throw new IllegalArgumentException(name + " needs a value" + HELP);
    }
    if (options.put(name.substring(2), value) != null) {
      throw new IllegalArgumentException(name + " is given twice" + HELP);
    }
  }

  private static Optional<String> meant(String argument) {
    List<String> known =
        Stream.concat(KNOWN.stream(), Stream.of("json")).map("--"::concat).toList();
    return Names.closestTo(argument, known).map(name -> "; did you mean " + name + "?");
  }

  /**
   * The file that an option names.
   *
   * @param working where a relative path begins
   * @throws IllegalArgumentException if there is no such file
   */
  public Optional<Path> file(String name, Path working) {
    Optional<Path> file = option(name).map(working::resolve);
    if (file.isPresent() && (!Files.exists(file.get()) || Files.isDirectory(file.get()))) {
      String what =
          Files.isDirectory(file.get())
              ? file.get() + " is a folder, not a file"
              : "the file " + file.get() + " does not exist";
      throw new IllegalArgumentException("--" + name + ": " + what);
    }
    return file;
  }

  /** The value of an option. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** The time from which calls count, in milliseconds since 1970 (UTC). */
  long fromMillis() {
    return option("from").map(written -> millis("from", written, 0)).orElse(0L);
  }

  /** The time before which calls count; a date includes the whole day. */
  long untilMillis() {
    return option("to").map(written -> millis("to", written, 1)).orElse(Long.MAX_VALUE);
  }

  private static long millis(String name, String written, int days) {
    try {
      return written.length() == "2026-11-21".length()
          ? LocalDate.parse(written)
              .plusDays(days)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant()
              .toEpochMilli()
          : Instant.parse(written).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--"
              + name
              + " needs a date such as 2026-11-21, or a time such as 2026-11-21T09:00:00Z"
              + HELP);
    }
  }

  /** How many attempts are read at most, the newest first. */
  int limit() {
    String written = option("limit").orElse(Integer.toString(DEFAULT_LIMIT));
    boolean number = written.matches("[0-9]{1,6}");
    if (!number || Integer.parseInt(written) < 1 || Integer.parseInt(written) > MAX_LIMIT) {
      throw new IllegalArgumentException("--limit needs a number from 1 to " + MAX_LIMIT + HELP);
    }
    return Integer.parseInt(written);
  }
}
