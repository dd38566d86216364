package dev.serai.gateway.telemetry.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.serai.core.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The file or channel that a {@link LogSink} writes to. Used by one thread. */
sealed interface LogOutput {
  /**
   * Writes all bytes.
   *
   * @throws IOException if the bytes cannot be written
   */
  void write(ByteBuffer bytes) throws IOException;

  /**
   * Closes the output if the log owns it.
   *
   * @throws IOException if closing fails
   */
  void close() throws IOException;

  /**
   * An open channel.
   *
   * @param owned whether the log closes it
   */
  record Fixed(FileChannel channel, boolean owned) implements LogOutput {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      writeAll(channel, bytes);
    }

    @Override
    public void close() throws IOException {
      if (owned) {
        channel.close();
      }
    }
  }

  /** A file that is opened again when another process has renamed or removed it. */
  final class RotatedFile implements LogOutput {
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final Ticker ticker;
    private FileChannel channel;
    private Optional<Object> key;
    private long checkedAt;

    RotatedFile(Path path, Ticker ticker) throws IOException {
      this.path = path;
      this.ticker = ticker;
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      this.channel = open();
      this.key = keyNow();
      this.checkedAt = ticker.nanos();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
      long now = ticker.nanos();
      if (now - checkedAt > CHECK_NANOS) {
        checkedAt = now;
        reopenIfMoved();
      }
      writeAll(channel, bytes);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }

    private void reopenIfMoved() throws IOException {
      Optional<Object> current = keyNow();
      if (current.isPresent() && Objects.equals(current, key)) {
        return;
      }
      FileChannel old = channel;
      channel = open();
      key = keyNow();
      old.close();
    }

    private FileChannel open() throws IOException {
      return FileChannel.open(path, CREATE, WRITE, APPEND);
    }

    /** Identifies the file (device and inode); empty if there is none. */
    private Optional<Object> keyNow() {
      try {
        return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
