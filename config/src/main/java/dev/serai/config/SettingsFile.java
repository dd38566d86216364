package dev.serai.config;

import dev.serai.config.check.file.FileCheck;
import dev.serai.config.check.file.PathCheck;
import dev.serai.config.read.Inputs;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.Problems;
import dev.serai.config.read.Source;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
          "settings, so that the defaults and the variables apply");
  private static final Kind MODELS =
      new Kind(
          Variables.MODELS,
          List.of("config/models.yaml", "models.yaml"),
          "models, so that only the built-in facts and prices apply");
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
    boolean none = find(SETTINGS, environment, directory, new Problems()).isEmpty();
    if (none && !environment.containsKey(Variables.FILE)) {
      check.foreign(directory, OtherGatewayFile.NAMES_OF_LITELLM, OtherGatewayFile::ofLiteLlm);
    }
    for (Kind kind : List.of(SETTINGS, MODELS)) {
      find(kind, environment, directory, new Problems())
          .filter(SettingsFile::isOnlyComments)
          .ifPresent(file -> check.empty(file.name, kind.entries));
      if (!environment.containsKey(kind.variable)) {
        String read =
            find(kind, environment, directory, new Problems()).map(SettingsFile::name).orElse("");
        check.unread(directory, kind.defaults, read);
      }
    }
  }

  /** A variable that names a file, the default names without it, and what a file without has. */
  private record Kind(String variable, List<String> defaults, String entries) {}

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
      return Source.read(name, text(), inputs, problems);
    } catch (CharacterCodingException e) {
      problems.add(place, "the file is not UTF-8");
    } catch (IOException e) {
      problems.addTemporary(place, "the file cannot be read: " + FailureText.of(e));
    }
    return Node.Mapping.none(name);
  }

  private String text() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }
}
