package dev.serai.memory.ledger;

import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one journal, locked by one process.
 *
 * <p>Segments are named by nine digits and {@code .journal}. The list of running calls that an
 * earlier process has left becomes the last segment. Everything else in the folder, and a segment
 * that holds anything but entries of this version or that this user may not use, does not belong to
 * the journal: it is named in the log, and not read, changed, deleted or counted. Used by one
 * thread at a time.
 */
final class JournalFolder implements CloseAll.Step<IOException> {
  private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);
  private static final int MAX_FOLDERS = 64;
  private static final String LOCK = "lock";
  private static final String RUNNING = "running-calls";
  private static final String NAME = "name";
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{9}\\.journal");

  /** How many numbers have nine digits; behind the last one comes the first. */
  private static final int NUMBERS = 1_000_000_000;

  /** The form of a random UUID. */
  private static final Pattern RANDOM_NAME =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Set<String> OWN = Set.of(LOCK, RUNNING, NAME);
  private static final Set<StandardOpenOption> WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Path folder;
  private final FileChannel lock;
  private final List<JournalSegment> left = new ArrayList<>();
  private String name = "";
  private int made;

  private JournalFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Locks a folder that no other process uses, and finds the segments left in it.
   *
   * @param root the folder for the journal's own folder
   * @throws IOException if there is no such folder or it cannot be written
   */
  static JournalFolder open(Path root) throws IOException {
    for (int i = 1; i <= MAX_FOLDERS; i++) {
      Path candidate = root.resolve(i == 1 ? "journal" : "journal-" + i);
      PrivateFiles.createFolder(candidate);
      Optional<FileChannel> lock = lock(candidate.resolve(LOCK));
      if (lock.isPresent()) {
        return found(candidate, lock.get());
      }
    }
    throw new IOException("every journal folder in " + root + " is in use");
  }

  /** The lock, unless another process or another gateway of this process has it. */
  private static Optional<FileChannel> lock(Path file) throws IOException {
    FileChannel channel = PrivateFiles.open(file, WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("ledger: another gateway in this process uses {}", file, e);
    } catch (IOException e) {
      throw CloseAll.after(e, channel);
    }
    channel.close();
    return Optional.empty();
  }

  private static JournalFolder found(Path folder, FileChannel lock) throws IOException {
    JournalFolder found = new JournalFolder(folder, lock);
    try {
      found.name = found.readOrMakeName(); // first: on a full disk nothing is mapped in vain
      found.findLeft();
      found.findInterrupted();
      return found;
    } catch (IOException e) {
      found.left.forEach(JournalSegment::leave);
      throw CloseAll.after(e, lock);
    }
  }

  private void findLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (SEGMENT.matcher(name).matches() && Files.isRegularFile(file)) {
          if (addLeft(file).isPresent()) { // a number of a file that is not ours says nothing
            made = Integer.parseInt(name, 0, 9, 10);
          }
        } else if (!OWN.contains(name)) {
          LOG.warn("ledger: {} is not a file of the journal; it is left as it is", file);
        }
      }
    }
  }

  /** Renames the list of running calls, if it names any, to a segment that is read last. */
  private void findInterrupted() throws IOException {
    Path list = folder.resolve(RUNNING);
    if (!Files.isRegularFile(list)) {
      return;
    }
    Path segment = next();
    Files.move(list, segment);
    addLeft(segment).ifPresent(JournalFolder::warnOfInterrupted);
  }

  private static void warnOfInterrupted(JournalSegment running) {
    LOG.warn(
        "ledger: calls that were running when the previous process ended: {}; they are recorded"
            + " as interrupted",
        running.count());
  }

  /** The segment in this file, which is now one of those left; empty if it holds no entries. */
  private Optional<JournalSegment> addLeft(Path file) {
    try {
      return openLeft(file);
    } catch (IOException e) {
      LOG.error(
          "ledger: {} cannot be read and is left as it is; if it is a file of the journal, the next"
              + " start that can read it records its usage: {}",
          file,
          FailureText.of(e));
      return Optional.empty();
    }
  }

  private Optional<JournalSegment> openLeft(Path file) throws IOException {
    if (Files.size(file) == 0) {
      Files.delete(file);
      return Optional.empty();
    }
    if (Files.size(file) > Integer.MAX_VALUE) {
      LOG.warn("ledger: {} is too large for a file of the journal; it is left as it is", file);
      return Optional.empty();
    }
    JournalSegment segment = JournalSegment.left(file);
    JournalSegment.Content content = segment.content();
    if (content == JournalSegment.Content.ENTRIES) {
      left.add(segment);
      return Optional.of(segment);
    }
    if (content == JournalSegment.Content.NOTHING) {
      segment.delete(); // a process ended while it made the file, or the disk was full
      return Optional.empty();
    }
    segment.leave();
    LOG.warn(
        "ledger: {} has entries of another version of Serai, or none that are whole; it is left"
            + " as it is",
        file);
    return Optional.empty();
  }

  /**
   * The name of the journal: random, made once for a folder, so that a later process in this folder
   * has the same.
   */
  String name() {
    return name;
  }

  private String readOrMakeName() throws IOException {
    Path file = folder.resolve(NAME);
    String known =
        Files.isRegularFile(file)
            ? Files.readString(file, StandardCharsets.ISO_8859_1).strip() // whatever bytes it has
            : "";
    if (RANDOM_NAME.matcher(known).matches()) {
      return known;
    }
    if (!known.isEmpty()) {
      LOG.warn(
          "ledger: {} is damaged and the journal gets a new name; what calls of an earlier process"
              + " hold of budgets is free again when its lease has ended",
          file);
    }
    String made = UUID.randomUUID().toString();
    try (FileChannel channel = PrivateFiles.open(file, WRITE)) {
      channel.truncate(0);
      PrivateFiles.write(channel, StandardCharsets.US_ASCII.encode(made));
      channel.force(true);
    } catch (IOException e) {
      JournalSegment.deleteAfter(e, file); // a part of a name would be a name
      throw e;
    }
    return made;
  }

  /** The segments that an earlier process has left, the oldest first. */
  List<JournalSegment> left() {
    return left;
  }

  /**
   * Creates an empty segment.
   *
   * @throws IOException if that fails, for example because the disk is full; no file stays behind
   */
  JournalSegment create(int bytes) throws IOException {
    return JournalSegment.create(next(), bytes);
  }

  /** A file that does not exist yet, behind those of the journal. */
  private Path next() {
    Path next;
    do {
      made = (made + 1) % NUMBERS;
      next = folder.resolve(Integer.toString(NUMBERS + made).substring(1) + ".journal");
    } while (Files.exists(next, LinkOption.NOFOLLOW_LINKS));
    return next;
  }

  /** The file for the list of running calls; there is none yet. */
  Path runningCalls() {
    return folder.resolve(RUNNING);
  }

  /** Unlocks the folder, so that other processes can use it. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
