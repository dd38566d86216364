package dev.serai.gateway.style;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where things stand in the checkout. The build passes its root as {@code serai.checkout}. */
final class House {
  static final Path ROOT = Path.of(System.getProperty("serai.checkout", "..")).toAbsolutePath();

  /** The modules as the root build file lists them, in its order. */
  static final List<String> MODULES =
      Pattern.compile("<module>(.+?)</module>")
          .matcher(read(ROOT.resolve("pom.xml")))
          .results()
          .map(module -> module.group(1))
          .toList();

  private House() {}

  /**
   * The files under the folder whose path ends so, in a stable order; none where it is not there.
   */
  static List<Path> files(Path folder, String end) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(f -> f.toString().endsWith(end) && Files.isRegularFile(f))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> mainSources() {
    return MODULES.stream()
        .flatMap(m -> files(ROOT.resolve(m).resolve("src/main/java"), ".java").stream())
        .toList();
  }

  static List<Path> testSources() {
    return MODULES.stream()
        .flatMap(m -> files(ROOT.resolve(m).resolve("src/test/java"), ".java").stream())
        .toList();
  }

  static List<Path> allSources() {
    return MODULES.stream()
        .flatMap(m -> files(ROOT.resolve(m).resolve("src"), ".java").stream())
        .toList();
  }

  static List<Path> routeFiles() {
    return files(ROOT.resolve("routes"), ".camel.yaml");
  }

  static List<Path> kameletFiles() {
    return files(ROOT.resolve("adapters/kamelets"), ".kamelet.yaml");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String name(Path file) {
    return ROOT.relativize(file.toAbsolutePath()).toString();
  }
}
