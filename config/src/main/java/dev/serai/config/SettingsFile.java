package dev.serai.config;

import dev.serai.config.annotation.Derived;
import dev.serai.config.check.file.FileCheck;
import dev.serai.config.check.file.PathCheck;
import dev.serai.config.read.Inputs;
import dev.serai.config.read.Names;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import dev.serai.config.read.Source;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds and reads a settings file.
 *
 * @param name the path as the operator writes it
 * @param path where the file is
 */
record SettingsFile(String name, Path path) {
  private static final Kind SETTINGS =
      new Kind(
          Variables.FILE,
          List.of("config/serai.yaml", "serai.yaml", "config/llm.toml", "llm.toml"),
          "settings, so that the defaults and the variables apply",
          "--config");
  private static final Kind MODELS =
      new Kind(
          Variables.MODELS,
          List.of("config/models.yaml", "models.yaml"),
          "models, so that only the built-in facts and prices apply",
          Variables.MODELS);

  /** What other programs name their settings. */
  private static final Pattern USUAL = Pattern.compile("(?i)(^|/)(config|settings)\\.ya?ml$");

  /** A top-level key of YAML, or the first part of the name of a table of TOML. */
  private static final Pattern TOP =
      Pattern.compile("^(?:(\\w[\\w-]*)\\s*:|\\[\\[?(\\w[\\w-]*))", Pattern.MULTILINE);

  private static final Set<String> SECTIONS =
      Arrays.stream(Settings.class.getRecordComponents())
          .filter(part -> !part.isAnnotationPresent(Derived.class))
          .map(part -> Names.written(part.getName()))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern COMMENT = Pattern.compile("\\s*#|---\\s*$");
  private static final long MAX_BYTES = 1024 * 1024;

  /**
   * The file that {@code SERAI_CONFIG} names, which must exist, or the first default that exists.
   */
  static Optional<SettingsFile> find(
      Map<String, String> environment, Path directory, Problems problems) {
    return find(SETTINGS, environment, directory, problems);
  }

  /**
   * The file that {@code SERAI_MODELS} names, which must exist, or the first default that exists.
   */
  static Optional<SettingsFile> findModels(
      Map<String, String> environment, Path directory, Problems problems) {
    return find(MODELS, environment, directory, problems);
  }

  /** Where a settings file is looked for, as the end of a sentence. */
  static String searched(Map<String, String> environment, Path directory) {
    return environment.getOrDefault(Variables.FILE, "").isBlank()
        ? "looked for " + String.join(", ", SETTINGS.defaults) + " in " + directory
        : Variables.FILE + " names none that can be read";
  }

  /**
   * Names files of the directory that look like settings and are not read or have only comments.
   */
  static void nameUnread(Map<String, String> environment, Path directory, FileCheck check) {
    check.notAFolder(directory, "config");
    for (Kind kind : List.of(SETTINGS, MODELS)) {
      Optional<SettingsFile> file = find(kind, environment, directory, new Problems());
      file.filter(SettingsFile::isOnlyComments)
          .ifPresent(empty -> check.empty(empty.name, kind.entries));
      if (!environment.containsKey(kind.variable)) {
        String read = file.map(SettingsFile::name).orElse("");
        check.unread(directory, kind.defaults, read, kind.chooser);
        check.others(directory, (name, _) -> otherCase(name, kind, file));
        if (kind.equals(SETTINGS)) {
          nameForeign(directory, read, check);
        }
      }
    }
  }

  private static void nameForeign(Path directory, String read, FileCheck check) {
    check.others(directory, (name, text) -> unusual(name, text, read));
    if (read.isEmpty()) {
      check.foreign(directory, OtherGatewayFile.NAMES_OF_LITELLM, OtherGatewayFile::ofLiteLlm);
    }
  }

  /**
   * What to say of a file with a usual name that is not read, and if none is read, of any that has
   * sections of the settings; LiteLLM's has a warning of its own.
   */
  private static Optional<String> unusual(String name, Supplier<String> text, String read) {
    if (isDefault(name)
        || !USUAL.matcher(name).find() && !(read.isEmpty() && hasSections(text.get()))
        || OtherGatewayFile.ofLiteLlm(text.get()).isPresent()) {
      return Optional.empty();
    }
    String meant = SETTINGS.defaults.get(Source.isToml(name) ? 2 : 0);
    String what =
        read.isEmpty()
            ? "is not read; rename it to " + meant
            : "is not read, since the settings are in " + read + "; remove it";
    return Optional.of(what + ", or name it with " + SETTINGS.chooser);
  }

  /** Whether a file is read, or named as one that is not, in another place. */
  private static boolean isDefault(String name) {
    return Stream.of(SETTINGS, MODELS)
        .flatMap(kind -> kind.defaults.stream())
        .anyMatch(name.replaceFirst("(?i)\\.yml$", ".yaml")::equalsIgnoreCase);
  }

  /** What to say of a file whose name is one that is read, with other capital letters. */
  private static Optional<String> otherCase(String name, Kind kind, Optional<SettingsFile> read) {
    boolean isRead = read.filter(file -> name.equalsIgnoreCase(file.name)).isPresent();
    return kind.defaults.stream()
        .filter(known -> !isRead && !known.equals(name) && known.equalsIgnoreCase(name))
        .findFirst()
        .map(known -> "is not read; rename it to " + known + ", or name it with " + kind.chooser);
  }

  /** Whether every top-level key is a section of the settings. */
  private static boolean hasSections(String text) {
    List<String> keys = TOP.matcher(text).results().map(SettingsFile::key).toList();
    return !keys.isEmpty() && SECTIONS.containsAll(keys);
  }

  private static String key(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  /**
   * A kind of file.
   *
   * @param variable that names the file
   * @param defaults the names without the variable
   * @param entries what a file with only comments lacks
   * @param chooser what a message names to choose another file
   */
  private record Kind(String variable, List<String> defaults, String entries, String chooser) {}

  private static Optional<SettingsFile> find(
      Kind kind, Map<String, String> environment, Path directory, Problems problems) {
    String named = environment.getOrDefault(kind.variable, "").strip();
    if (!named.isEmpty()) {
      SettingsFile file = new SettingsFile(named, directory.resolve(named));
      if (Files.isRegularFile(file.path)) {
        return Optional.of(file);
      }
      String what =
          Files.isDirectory(file.path)
              ? named + " is a folder, not a file"
              : "the file " + named + " does not exist";
      problems.add(Place.variable(kind.variable), what);
      return Optional.empty();
    }
    List<SettingsFile> defaults =
        kind.defaults.stream()
            .map(name -> new SettingsFile(name, directory.resolve(name)))
            .toList();
    defaults.forEach(file -> file.reportHidden(problems));
    return defaults.stream().filter(file -> Files.exists(file.path)).findFirst();
  }

  /** A folder that may not be entered hides a settings file: its defaults must not serve then. */
  private void reportHidden(Problems problems) {
    Path folder = path.getParent();
    if (folder != null && Files.exists(folder) && !PathCheck.canEnter(folder)) {
      problems.addTemporary(
          new Place(folder.toString(), 0, ""),
          "the folder of settings files cannot be read by this user; change its permissions");
    }
  }

  /** Whether nothing is in the file but comments; {@code {}} is a file without settings. */
  boolean isOnlyComments() {
    try {
      return Files.isRegularFile(path)
          && Files.size(path) <= MAX_BYTES
          && text().lines().allMatch(line -> line.isBlank() || COMMENT.matcher(line).lookingAt());
    } catch (IOException e) {
      return false; // reported when it is read
    }
  }

  /** Whether the file is TOML; otherwise it is YAML. */
  boolean isToml() {
    return Source.isToml(name);
  }

  Node.Mapping read(Inputs inputs, Problems problems) {
    Place place = new Place(name, 0, "");
    if (!Files.isRegularFile(path)) {
      problems.addTemporary(place, "it is not a file; replace it by the file, or remove it");
      return Node.Mapping.none(name);
    }
    try {
      if (Files.size(path) > MAX_BYTES) {
        problems.add(place, "the file is larger than 1 MiB");
        return Node.Mapping.none(name);
      }
      byte[] bytes = Files.readAllBytes(path);
      int line = unreadableLine(bytes);
      if (line == 0) {
        return Source.read(name, new String(bytes, StandardCharsets.UTF_8), inputs, problems);
      }
      problems.add(new Place(name, line, ""), "the line is not UTF-8 text; save the file as UTF-8");
    } catch (IOException e) {
      problems.addTemporary(place, "the file cannot be read: " + FailureText.of(e));
    }
    return Node.Mapping.none(name);
  }

  /** The line with the first byte that is not UTF-8, or that only UTF-16 has; 0 if all can be. */
  private static int unreadableLine(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    boolean wrong =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(in, CharBuffer.allocate(bytes.length), true)
            .isError();
    int line = 1;
    for (int i = 0; i < in.position(); i++) {
      if (bytes[i] == 0) {
        return line;
      }
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return wrong ? line : 0;
  }

  private String text() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
