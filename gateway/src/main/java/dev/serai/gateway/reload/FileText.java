package dev.serai.gateway.reload;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * A route file as it was read, or routes that are generated from the settings.
 *
 * @param path the file, or what stands for it
 * @param place of the file, or of the setting that the routes come from, for messages
 * @param fault why its content cannot be used at all; empty if it is text
 * @param saved when it was last written
 */
record FileText(Path path, String place, String text, String fault, FileTime saved) {
  /** Of a file. */
  FileText(Path path, String text, String fault, FileTime saved) {
    this(path, path.toString(), text, fault, saved);
  }

  /** Generated from the settings. */
  static FileText generated(Path path, String place, String text) {
    return new FileText(path, place, text, "", FileTime.fromMillis(0));
  }

  /** Whether the other is the same file with the same content; times are not compared. */
  boolean sameAs(FileText other) {
    return path.equals(other.path) && sameContent(other);
  }

  boolean sameContent(FileText other) {
    return text.equals(other.text) && fault.equals(other.fault);
  }
}
