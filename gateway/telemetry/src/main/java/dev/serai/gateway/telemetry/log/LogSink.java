package dev.serai.gateway.telemetry.log;

import dev.serai.core.time.Ticker;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Where log lines go: a file, or the process's standard output or error.
 *
 * <p>Lines are offered from any thread, event loops included, and never wait: they enter a bounded
 * ring, and a line that finds it full is dropped and counted. One thread writes what has gathered,
 * a few times a second, and sleeps without a wake-up while nothing is logged. That lines were lost
 * is said in the log itself as soon as there is room.
 *
 * <p>A file that is renamed or removed, as log rotation does, is opened anew within a second.
 */
public final class LogSink implements AutoCloseable {
  /** How long lines may gather before they are written. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private static final Duration LAST_WRITE = Duration.ofSeconds(3);
  private static final int BATCH_BYTES = 64 * 1024;

  private final LineRing ring;
  private final LogOutput target;
  private final LongFunction<byte[]> lossNotice;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
  private final Thread writer;
  private volatile boolean asleep;
  private volatile boolean closing;
  private int batchLines;
  private long lossReported;

  private LogSink(LogOutput target, int capacity, LongFunction<byte[]> lossNotice) {
    this.target = target;
    this.ring = new LineRing(capacity);
    this.lossNotice = lossNotice;
    this.writer = Thread.ofPlatform().name("log-writer").daemon().unstarted(this::run);
    writer.start();
  }

  /**
   * Appends to a file, created if missing.
   *
   * @param capacity how many lines may wait, rounded up to a power of two
   * @param lossNotice the line that says how many lines have been lost
   * @throws IOException if the file cannot be opened for writing
   */
  public static LogSink toFile(Path file, int capacity, LongFunction<byte[]> lossNotice)
      throws IOException {
    return new LogSink(new LogOutput.RotatedFile(file, Ticker.SYSTEM), capacity, lossNotice);
  }

  /** Writes to the process's standard output. Parameters as for {@link #toFile}. */
  public static LogSink toStandardOutput(int capacity, LongFunction<byte[]> lossNotice) {
    return new LogSink(standard(FileDescriptor.out), capacity, lossNotice);
  }

  /** Writes to the process's standard error. Parameters as for {@link #toFile}. */
  public static LogSink toStandardError(int capacity, LongFunction<byte[]> lossNotice) {
    return new LogSink(standard(FileDescriptor.err), capacity, lossNotice);
  }

  /** Writes to a channel, which is closed with the sink. */
  static LogSink to(FileChannel channel, int capacity, LongFunction<byte[]> lossNotice) {
    return new LogSink(new LogOutput.Fixed(channel, true), capacity, lossNotice);
  }

  // The stream must stay open: the process's own descriptors are not ours to close.
  @SuppressWarnings("resource")
  private static LogOutput standard(FileDescriptor descriptor) {
    return new LogOutput.Fixed(new FileOutputStream(descriptor).getChannel(), false);
  }

  /**
   * Takes a line, its line feed included; the array is the sink's from now on. Never blocks.
   *
   * @return whether there was room for it
   */
  public boolean offer(byte[] line) {
    int waiting = closing ? 0 : ring.offer(line);
    if (waiting == 0) {
      dropped.increment();
      return false;
    }
    if (asleep || waiting == ring.capacity() / 2) {
      asleep = false;
      LockSupport.unpark(writer);
    }
    return true;
  }

  /** Lines lost so far: no room, or the file refused them. */
  public long droppedLines() {
    return dropped.sum();
  }

  /** Lines written so far. */
  public long writtenLines() {
    return written.sum();
  }

  /** Writes what has been offered and stops; waits for it, but not for ever. Idempotent. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(LAST_WRITE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      if (drain()) {
        LockSupport.parkNanos(this, GATHER_NANOS);
      } else {
        sleep();
      }
    }
    drain();
    try {
      target.close();
    } catch (IOException e) {
      dropped.increment();
    }
  }

  /** Parks until the next offer. A producer that came in between has seen {@code asleep}. */
  private void sleep() {
    asleep = true;
    if (ring.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private boolean drain() {
    boolean any = false;
    for (byte[] line = ring.poll(); line != null; line = ring.poll()) {
      any = true;
      put(line);
    }
    flush();
    sayWhatWasLost();
    return any;
  }

  private void sayWhatWasLost() {
    long lost = dropped.sum();
    if (lost == lossReported) {
      return;
    }
    batch.put(lossNotice.apply(lost - lossReported));
    if (flush()) {
      lossReported = lost;
    }
  }

  private void put(byte[] line) {
    if (line.length > batch.remaining()) {
      flush();
    }
    if (line.length > batch.capacity()) {
      dropped.increment();
      return;
    }
    batch.put(line);
    batchLines++;
  }

  /** Whether what had gathered is written; if not, it is lost. */
  private boolean flush() {
    int lines = batchLines;
    batchLines = 0;
    if (batch.position() == 0) {
      return true;
    }
    batch.flip();
    try {
      target.write(batch);
      written.add(lines);
      return true;
    } catch (IOException e) {
      // There is nowhere left to say it but the count of what was lost, which is a metric too.
      dropped.add(lines);
      return false;
    } finally {
      batch.clear();
    }
  }
}
