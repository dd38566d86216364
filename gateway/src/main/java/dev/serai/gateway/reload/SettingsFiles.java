package dev.serai.gateway.reload;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the settings file and the models file. When their content has changed and stays the same
 * for two polls, the settings are read again; if they are valid, they are applied, otherwise every
 * mistake is logged once for each save and the previous settings stay in force. If a file could not
 * be used, which may pass without an edit, they are tried again at every poll. A file that had
 * content and is empty is being written by an editor: the previous settings stay in force until it
 * has content. Not thread-safe: one thread polls.
 */
public final class SettingsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFiles.class);
  private static final int MAX_BYTES = 1024 * 1024;

  private final Supplier<List<Path>> files;
  private final Supplier<Settings> reader;
  private final Consumer<Settings> applied;
  private Map<Path, ByteBuffer> read = Map.of();
  private Map<Path, ByteBuffer> last = Map.of();
  private Map<Path, FileTime> lastSaves;
  private Map<Path, FileTime> answered = Map.of();

  /** Whether what was read last was refused for good, so that only another save is answered. */
  private boolean wrong;

  private List<String> refused = List.of();
  private String unread = "";

  /**
   * @param files those that exist and would be read now
   * @param reader reads and checks the settings
   * @param applied receives valid settings after a change
   */
  public SettingsFiles(
      Supplier<List<Path>> files, Supplier<Settings> reader, Consumer<Settings> applied) {
    this.files = files;
    this.reader = reader;
    this.applied = applied;
    this.read = contents();
    this.last = read;
    this.lastSaves = saves();
  }

  /** Looks once. */
  public void poll() {
    Map<Path, FileTime> saves = saves(); // before the content, or a save is missed
    Map<Path, ByteBuffer> now = contents();
    boolean settled = now.equals(last) && saves.equals(lastSaves);
    last = now;
    lastSaves = saves;
    boolean savedAgain = wrong && !saves.equals(answered);
    if (settled && (savedAgain || !now.equals(read))) {
      answered = saves;
      if (reload()) {
        read = now; // not before: a reload that fails is tried again
      }
    }
  }

  /** When the files were last written; those that cannot be read are left out. */
  private Map<Path, FileTime> saves() {
    Map<Path, FileTime> saves = new HashMap<>();
    for (Path file : files.get()) {
      try {
        saves.put(file, Files.getLastModifiedTime(file));
      } catch (IOException e) {
        LOG.debug("{} has no time", file, e); // its content cannot be read either
      }
    }
    return saves;
  }

  /**
   * Reads the settings from files that have content and do not change meanwhile.
   *
   * @param from reads and checks the settings
   * @throws SettingsException if they are wrong, or a file is being written
   */
  public Settings whole(Supplier<Settings> from) {
    Map<Path, ByteBuffer> before = contents();
    refuseEmptied(before);
    Settings settings = from.get();
    Map<Path, ByteBuffer> after = contents();
    refuseEmptied(after);
    if (!after.equals(before)) {
      throw new SettingsException(List.of("a settings file changed while it was read"), true);
    }
    return settings;
  }

  /** Without entries its defaults would be in force. */
  private void refuseEmptied(Map<Path, ByteBuffer> now) {
    List<String> emptied = new ArrayList<>();
    now.forEach(
        (file, content) -> {
          ByteBuffer old = read.get(file);
          if (isBlank(content) && old != null && !isBlank(old)) {
            emptied.add(
                file
                    + ": it is empty, perhaps while an editor writes it; {} in it means that all"
                    + " settings have their defaults");
          }
        });
    if (!emptied.isEmpty()) {
      throw new SettingsException(emptied, true);
    }
  }

  private static boolean isBlank(ByteBuffer content) {
    for (int i = 0; i < content.limit(); i++) {
      if (content.get(i) > ' ' || content.get(i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** False if the same content is to be tried again at the next poll. */
  private boolean reload() {
    try {
      applied.accept(whole(reader));
      refused = List.of();
      wrong = false;
      nameChanged();
      return true;
    } catch (SettingsException invalid) {
      report(invalid);
      wrong = !invalid.isTemporary();
      return wrong;
    }
  }

  /** What the file said does not apply any more if it is gone. */
  private void nameChanged() {
    for (Path file : read.keySet()) {
      if (!last.containsKey(file)) {
        LOG.warn(
            "{} is gone: what it set has its default or the value of its variable from now on,"
                + " except what needs a restart",
            file);
      }
    }
    last.forEach(
        (file, content) -> {
          if (!content.equals(read.get(file))) {
            LOG.info("{}: {}", file, read.containsKey(file) ? "changed" : "is new and is read");
          }
        });
  }

  /** Once for each save, not for each attempt. */
  private void report(SettingsException invalid) {
    List<String> before = refused;
    refused = invalid.problems();
    if (refused.equals(before) && invalid.isTemporary()) {
      return;
    }
    refused.forEach(
        problem ->
            LOG.error(
                "refused {}; the previous settings stay in force{}",
                problem,
                invalid.isTemporary()
                    ? ", and the new ones are tried again until they apply"
                    : ""));
  }

  /** A file that cannot be read now counts as unchanged, and is named once. */
  private Map<Path, ByteBuffer> contents() {
    Map<Path, ByteBuffer> contents = new LinkedHashMap<>();
    for (Path file : files.get()) {
      try {
        contents.put(file, bytes(file));
      } catch (IOException e) {
        nameUnread(file, e);
        return last;
      }
    }
    unread = "";
    return contents;
  }

  private void nameUnread(Path file, IOException why) {
    String found = file + ": " + FailureText.of(why);
    if (!found.equals(unread)) {
      LOG.warn("{}; the previous settings stay in force, and it is read again", found);
    }
    unread = found;
  }

  /** The bytes; of a file that is too large and will be refused, its size. */
  private static ByteBuffer bytes(Path file) throws IOException {
    long size = RegularFile.size(file);
    return size > MAX_BYTES
        ? ByteBuffer.wrap(Long.toString(size).getBytes(StandardCharsets.US_ASCII))
        : ByteBuffer.wrap(Files.readAllBytes(file));
  }
}
