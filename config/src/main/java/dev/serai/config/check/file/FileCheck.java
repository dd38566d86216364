package dev.serai.config.check.file;

import dev.serai.config.check.Findings;
import dev.serai.config.read.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks through the folder of the operator's routes, and names files that are not read. Not
 * thread-safe.
 */
public final class FileCheck {
  private static final String ENDING = ".camel.yaml";
  private static final Pattern ADAPTER = Pattern.compile("direct:adapter-([a-z0-9._-]+)");
  private static final Pattern KEY_NAME =
      Pattern.compile(
          "keyName:\\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?\\s*(?:#.*)?$", Pattern.MULTILINE);

  private static final Pattern ASSIGNED =
      Pattern.compile("^\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*\\S", Pattern.MULTILINE);

  /** Neither hidden nor an example. */
  private static final Pattern SETTINGS =
      Pattern.compile("(?i)(?!\\.|.*\\.example\\.).*\\.(ya?ml|toml)");

  private static final int MAX_FILES = 1000;
  private static final long MAX_BYTES = 256 * 1024;

  private final Findings findings;

  public FileCheck(Findings findings) {
    this.findings = findings;
  }

  /**
   * Names every file of the folder that is not a route file, and the folder if it does not exist.
   *
   * @param setting that names the folder; empty for the default, which need not exist
   */
  public void routes(Path folder, Optional<Place> setting) {
    if (!Files.exists(folder)) {
      setting.ifPresent(
          place -> findings.perhapsWrong(place, "the folder " + folder + " does not exist yet"));
    }
    for (Path file : files(folder)) {
      if (isIgnored(file)) {
        findings.perhapsWrong(ignored(file));
      }
    }
  }

  /** Whether a file of the folder is not a route file; hidden files and backups do not count. */
  public static boolean isIgnored(Path file) {
    String name = file.getFileName().toString();
    return !name.endsWith(ENDING) && !name.startsWith(".") && !name.endsWith("~");
  }

  /** The warning about such a file. */
  public static String ignored(Path file) {
    return file
        + (Files.isDirectory(file)
            ? ": is a folder; route files in folders of the folder are not read"
            : ": is ignored; the name of a route file ends in " + ENDING);
  }

  /** Names of the providers that route files of the folder serve. */
  public static Set<String> providers(Path folder) {
    return named(folder, ADAPTER);
  }

  /** Names of the variables whose keys route files of the folder use. */
  public static Set<String> keyNames(Path folder) {
    return named(folder, KEY_NAME);
  }

  private static Set<String> named(Path folder, Pattern pattern) {
    Set<String> names = new TreeSet<>();
    for (Path file : files(folder)) {
      if (file.getFileName().toString().endsWith(ENDING)) {
        Matcher found = pattern.matcher(text(file));
        while (found.find()) {
          names.add(found.group(1));
        }
      }
    }
    return names;
  }

  /**
   * Names files that exist beside the one that was read, or have an ending that is not read.
   *
   * @param read the name of the file that was read; empty if none was
   * @param chooser the argument or the variable that names another file
   */
  public void unread(Path directory, List<String> candidates, String read, String chooser) {
    for (String name : candidates) {
      String other = name.replace(".yaml", ".yml");
      if (!name.equals(other) && Files.exists(directory.resolve(other))) {
        String what =
            read.isEmpty() ? "; rename it to " + name : ", since " + read + " was read; remove it";
        findings.perhapsWrong(other + ": is ignored" + what + ", or name it with " + chooser);
      }
      if (!name.equals(read) && Files.isRegularFile(directory.resolve(name))) {
        findings.perhapsWrong(name + ": is ignored, since " + read + " was read");
      }
    }
  }

  /** Names a file that is read, but has only comments. */
  public void empty(String name, String entries) {
    findings.perhapsWrong(name + ": has no " + entries);
  }

  /**
   * Names a file {@code .env}, which other programs read by themselves.
   *
   * @param unset names of variables that would be read and are not set
   */
  public void dotEnv(Path directory, Set<String> unset) {
    Path file = directory.resolve(".env");
    List<String> names =
        Files.isRegularFile(file)
            ? ASSIGNED.matcher(text(file)).results().map(found -> found.group(1)).toList()
            : List.of();
    names.stream()
        .filter(unset::contains)
        .findFirst()
        .ifPresent(
            name ->
                findings.perhapsWrong(
                    ".env: is not read, so that "
                        + name
                        + " is not set; read it before the start: set -a; . "
                        + file
                        + "; set +a"));
  }

  /**
   * Names files of another program that are where a settings file is looked for.
   *
   * @param judge what to say of a file with that text; empty if it is not the other program's
   */
  public void foreign(
      Path directory, List<String> names, Function<String, Optional<String>> judge) {
    for (String folder : List.of("config/", "")) {
      for (String name : names) {
        for (String each : List.of(folder + name, folder + name.replace(".yaml", ".yml"))) {
          Path file = directory.resolve(each);
          Optional<String> what =
              Files.isRegularFile(file) ? judge.apply(text(file)) : Optional.empty();
          what.ifPresent(is -> findings.perhapsWrong(each + ": " + is));
        }
      }
    }
  }

  /**
   * Names files of the folders where settings are looked for.
   *
   * @param judge what to say of a YAML or TOML file, by its name and its text
   */
  public void others(Path directory, BiFunction<String, Supplier<String>, Optional<String>> judge) {
    for (String folder : List.of("config/", "")) {
      for (Path file : files(directory.resolve(folder))) {
        String name = file.getFileName().toString();
        if (SETTINGS.matcher(name).matches() && Files.isRegularFile(file)) {
          judge
              .apply(folder + name, () -> text(file))
              .ifPresent(is -> findings.perhapsWrong(folder + name + ": " + is));
        }
      }
    }
  }

  /** Names a file in the place of a folder. */
  public void notAFolder(Path directory, String name) {
    if (Files.isRegularFile(directory.resolve(name))) {
      findings.perhapsWrong(name + ": is a file, not a folder, so that nothing in it is read");
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.limit(MAX_FILES).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // the watcher of the folder reports it
    }
  }

  private static String text(Path file) {
    try {
      return Files.size(file) > MAX_BYTES ? "" : Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // refused with its reason when it is loaded
    }
  }
}
