package dev.serai.gateway.reload;

import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the route files of several folders; of files with the same name, that of the last folder.
 *
 * <p>A folder or file that does not exist is absent. Any other error, such as a missing permission
 * or no free file descriptor, does not show what exists: what was read last is returned again, and
 * the log has the reason once. Not thread-safe.
 */
final class FolderFiles {
  private static final Logger LOG = LoggerFactory.getLogger(FolderFiles.class);
  private static final String ENDING = ".camel.yaml";
  private static final int MAX_FILES = 1000;
  private static final int MAX_FILE_BYTES = 256 * 1024;

  private final List<Path> folders;
  private final Map<Path, String> troubles = new HashMap<>();
  private final IgnoredFiles ignored;
  private Map<String, FileText> last = Map.of();

  /**
   * @param folders the last one is the operator's
   */
  FolderFiles(List<Path> folders) {
    this.folders = List.copyOf(folders);
    this.ignored = new IgnoredFiles(this.folders.getLast());
  }

  /** The files by name. */
  Map<String, FileText> read() {
    Map<String, FileText> files = new TreeMap<>();
    for (Path folder : folders) {
      read(folder, files);
    }
    last = files;
    return files;
  }

  /** Folders and files that cannot be read now, and why. */
  List<String> unread() {
    return troubles.entrySet().stream()
        .map(trouble -> trouble.getKey() + " cannot be read: " + trouble.getValue())
        .sorted()
        .toList();
  }

  /** The place of a file's folder in the order of the folders. */
  int rank(FileText file) {
    return folders.indexOf(file.path().getParent());
  }

  private void read(Path folder, Map<String, FileText> into) {
    List<Path> listed;
    try {
      List<Path> all = list(folder);
      ignored.note(folder, all);
      listed = firstOf(all.stream().filter(FolderFiles::isRouteFile).toList(), folder);
    } catch (IOException e) {
      report(folder, e, last.values().stream().anyMatch(file -> isIn(folder, file)));
      last.forEach((name, file) -> keep(folder, name, file, into));
      return;
    }
    for (Path file : listed) {
      String name = file.getFileName().toString();
      try {
        into.put(name, read(file));
        troubles.remove(file);
      } catch (NoSuchFileException e) {
        if (Files.isSymbolicLink(file)) {
          report(file, new IOException("it is a link to a file that does not exist"), false);
        } else {
          LOG.debug("{} was removed while it was read", file, e);
        }
      } catch (IOException e) {
        FileText known = last.get(name);
        report(file, e, known != null);
        if (known != null) {
          into.put(name, known);
        }
      }
    }
    troubles.keySet().removeIf(file -> folder.equals(file.getParent()) && !listed.contains(file));
  }

  private static void keep(Path folder, String name, FileText file, Map<String, FileText> into) {
    if (isIn(folder, file)) {
      into.put(name, file);
    }
  }

  private static boolean isIn(Path folder, FileText file) {
    return folder.equals(file.path().getParent());
  }

  private List<Path> firstOf(List<Path> all, Path folder) {
    if (all.size() <= MAX_FILES) {
      troubles.remove(folder);
      return all;
    }
    report(
        folder,
        new IOException("it has more than " + MAX_FILES + " files; the rest is ignored"),
        false);
    return all.subList(0, MAX_FILES);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isRouteFile(Path file) {
    return file.getFileName().toString().endsWith(ENDING);
  }

  private static FileText read(Path file) throws IOException {
    long size = RegularFile.size(file);
    FileTime saved = Files.getLastModifiedTime(file); // before its content, or a save is missed
    if (size > MAX_FILE_BYTES) {
      return new FileText(
          file, "", "the file has " + size + " bytes; the limit is " + MAX_FILE_BYTES, saved);
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    String fault = text.indexOf('\uFFFD') < 0 ? "" : "the file is not UTF-8 text; save it as UTF-8";
    return new FileText(file, text, fault, saved);
  }

  /** Once for each reason. */
  private void report(Path what, IOException why, boolean serves) {
    String reason = FailureText.of(why);
    if (!reason.equals(troubles.put(what, reason))) {
      LOG.warn(
          "{} cannot be read: {};{} it is read again at the next poll",
          what,
          reason,
          serves ? " what it served before keeps serving, and" : "");
    }
  }
}
