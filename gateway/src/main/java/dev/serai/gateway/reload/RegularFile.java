package dev.serai.gateway.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Files that can be read without waiting: reading a pipe would block the thread that watches. */
final class RegularFile {
  private RegularFile() {}

  /**
   * The size of a file in bytes.
   *
   * @throws IOException if it is not a regular file, or its attributes cannot be read
   */
  static long size(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException("it is not a regular file");
    }
    return attributes.size();
  }
}
