package dev.serai.adapters.persona;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the Markdown documents of a folder: at most 500 files of at most 1 MiB each. */
final class DocumentFolder {
  private static final int MAX_FILES = 500;
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 4;

  private DocumentFolder() {}

  /**
   * The sections of the named documents, in a fixed order.
   *
   * @param sources files and folders below {@code checkout}; those that do not exist are skipped
   */
  static List<Section> read(Path checkout, List<String> sources) throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String source : sources) {
      for (Path file : documents(checkout.resolve(source))) {
        String name = checkout.relativize(file).toString().replace('\\', '/');
        sections.addAll(MarkdownReader.read(name, Files.readString(file)));
      }
    }
    return sections;
  }

  private static List<Path> documents(Path source) throws IOException {
    try (Stream<Path> files = Files.walk(source, MAX_DEPTH)) {
      List<Path> found = new ArrayList<>();
      for (Path file : (Iterable<Path>) files.sorted().limit(MAX_FILES)::iterator) {
        if (file.toString().endsWith(".md") && Files.size(file) <= MAX_BYTES) {
          found.add(file);
        }
      }
      return found;
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
