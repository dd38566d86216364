package dev.serai.memory.audit;

import dev.serai.core.audit.AuditEvent;
import dev.serai.memory.files.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the audit log: segments named by nine digits and {@code .audit}, which are only
 * appended to, and {@code head}, which names the last entry, so that entries cut off from the end
 * are missed.
 *
 * <p>An append locks the folder and first looks at the end of the newest segment: another process
 * may have appended to it. An incomplete line at the end is what a process left that ended while it
 * wrote: it was never acknowledged, and is removed. If {@code head} names an entry after the last
 * one, entries were cut off: the next one goes on behind {@code head}, so that the gap stays and
 * every check finds it. One thread at a time.
 */
final class AuditFolder {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFolder.class);
  private static final Pattern SEGMENT = Pattern.compile("[0-9]{9}\\.audit");
  private static final Set<StandardOpenOption> WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);

  private final Path folder;
  private final long segmentBytes;
  private final long maxBytes;
  private @Nullable Tail last;

  /**
   * Creates nothing yet.
   *
   * @param segmentBytes the size at which a new segment is begun
   * @param maxBytes the size of all segments at which nothing more is appended
   */
  AuditFolder(Path folder, long segmentBytes, long maxBytes) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.maxBytes = maxBytes;
  }

  /** The log has reached its maximum size. */
  static final class FullException extends IOException {
    private static final long serialVersionUID = 1L;

    FullException(Path folder, long bytes) {
      super("the audit log in " + folder + " has reached its maximum of " + bytes + " bytes");
    }
  }

  /** The last entry of the log, and the file that it is in. */
  private record Tail(Path file, long size, long number, String hash) {}

  /**
   * Appends entries and returns when they are on the disk.
   *
   * @param reserved bytes that must stay free for others
   * @return the number of the last entry
   * @throws IOException if they cannot be stored; then none of them is
   */
  long append(List<AuditEvent> events, long reserved) throws IOException {
    PrivateFiles.createFolder(folder);
    try (FileChannel channel = PrivateFiles.open(folder.resolve("lock"), WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      List<Path> segments = segments();
      if (segments.isEmpty() && head().isEmpty()) {
        AuditHead.create(folder);
      }
      Tail tail = tail(segments);
      return write(events, tail, maxBytes - reserved - sizeOf(segments));
    }
  }

  private long write(List<AuditEvent> events, Tail tail, long free) throws IOException {
    StringBuilder lines = new StringBuilder();
    long number = tail.number;
    String hash = tail.hash;
    for (AuditEvent event : events) {
      AuditLine line = AuditLine.of(number + 1, event, hash);
      lines.append(line.text()).append('\n');
      number = line.number();
      hash = line.hash();
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > free) {
      throw new FullException(folder, maxBytes);
    }
    boolean next = tail.size >= segmentBytes;
    Path file = next ? after(tail.file) : tail.file;
    long end = next ? 0 : tail.size;
    append(file, end, bytes);
    last = new Tail(file, end + bytes.length, number, hash);
    AuditHead.write(folder, new AuditHead(number, hash));
    return number;
  }

  private static void append(Path file, long end, byte[] bytes) throws IOException {
    try (FileChannel channel = PrivateFiles.open(file, WRITE)) {
      try {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          channel.write(left, end + left.position());
        }
        channel.force(false);
      } catch (IOException e) {
        removeFrom(channel, end, e);
        throw e;
      }
    }
  }

  private static void removeFrom(FileChannel channel, long end, IOException why) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private Path after(Path segment) {
    String name = segment.getFileName().toString();
    long number = Long.parseLong(name.substring(0, name.indexOf('.')));
    return segment(number + 1);
  }

  private Path segment(long number) {
    return folder.resolve(Long.toString(1_000_000_000 + number).substring(1) + ".audit");
  }

  /** The segments, the oldest first. */
  List<Path> segments() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> SEGMENT.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** The size of all segments in bytes. */
  long bytes() throws IOException {
    return sizeOf(segments());
  }

  private static long sizeOf(List<Path> segments) throws IOException {
    long sum = 0;
    for (Path segment : segments) {
      sum += Files.size(segment);
    }
    return sum;
  }

  /** What {@code head} says about the last entry. */
  Optional<AuditHead> head() throws IOException {
    return AuditHead.read(folder);
  }

  private Tail tail(List<Path> segments) throws IOException {
    if (segments.isEmpty()) {
      return new Tail(segment(1), 0, 0, AuditLine.NO_HASH);
    }
    Path newest = segments.getLast();
    Tail known = last;
    if (known != null && known.file.equals(newest) && known.size == Files.size(newest)) {
      return known;
    }
    long size = removeIncomplete(newest);
    for (Path segment : segments.reversed()) {
      Optional<AuditLine> line = AuditSegment.last(segment);
      if (line.isPresent()) {
        return behindHead(new Tail(newest, size, line.get().number(), line.get().hash()));
      }
    }
    return behindHead(new Tail(newest, size, 0, AuditLine.NO_HASH));
  }

  /**
   * The end behind which entries are appended. If entries were cut off, or the head is gone, which
   * would show that, a gap in the numbers stays.
   */
  private Tail behindHead(Tail tail) throws IOException {
    Optional<AuditHead> head = head();
    if (head.isEmpty()) {
      LOG.error("audit: the file head in {} is missing or damaged", folder);
      return new Tail(tail.file, tail.size, tail.number + 1, tail.hash);
    }
    if (head.get().number() <= tail.number) {
      return tail;
    }
    LOG.error(
        "audit: the entries {} to {} are missing in {}: they were cut off",
        tail.number + 1,
        head.get().number(),
        folder);
    return new Tail(tail.file, tail.size, head.get().number(), head.get().hash());
  }

  /** Removes an incomplete line from the end of a segment; returns the size that is left. */
  private static long removeIncomplete(Path segment) throws IOException {
    try (FileChannel channel = PrivateFiles.open(segment, WRITE)) {
      long whole = AuditSegment.endOfLines(channel);
      if (whole < channel.size()) {
        LOG.warn(
            "audit: {} ends with an incomplete entry of {} bytes, which is removed",
            segment,
            channel.size() - whole);
        channel.truncate(whole);
      }
      return whole;
    }
  }
}
