package dev.serai.gateway.telemetry.log;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
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
 * Writes log lines to a file, or to the process's standard output or error, without ever blocking
 * the thread that logs (docs/adr/0012-log-sink.md).
 *
 * <p>Any thread may offer a line, event loops included. Lines enter a bounded ring; a line that
 * finds it full is dropped and counted. One thread writes the waiting lines a few times a second
 * and sleeps while nothing is logged. The number of lost lines is written to the log as soon as
 * there is room.
 *
 * <p>A file that is renamed or removed, for example by logrotate, is opened again within a second.
 */
final class LogSink implements AutoCloseable {
  /** How long a line waits for others to be written with. */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
  private static final int BATCH_BYTES = 64 * 1024;

  private final LineRing ring;
  private final LogOutput output;
  private final LongFunction<byte[]> lossNotice;
  private final LongAdder dropped = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
  private final BackgroundThread writer;
  private volatile boolean asleep;
  private volatile boolean closing;
  private int batchLines;
  private long lossReported;

  private LogSink(
      LogOutput output, int capacity, LongFunction<byte[]> lossNotice, BackgroundThreads threads) {
    this.output = output;
    this.ring = new LineRing(capacity);
    this.lossNotice = lossNotice;
    this.writer = threads.make("log-writer", this::run);
    writer.start();
  }

  /**
   * Appends to a file, created if missing.
   *
   * @param capacity how many lines may wait, rounded up to a power of two
   * @param lossNotice makes the line that reports how many lines were lost
   * @param threads makes the thread that writes
   * @throws IOException if the file cannot be opened for writing
   */
  public static LogSink toFile(
      Path file, int capacity, LongFunction<byte[]> lossNotice, BackgroundThreads threads)
      throws IOException {
    LogOutput output = new LogOutput.RotatedFile(file, threads.ticker());
    return new LogSink(output, capacity, lossNotice, threads);
  }

  /** Writes to the process's standard error. Parameters as for {@link #toFile}. */
  public static LogSink toStandardError(
      int capacity, LongFunction<byte[]> lossNotice, BackgroundThreads threads) {
    return new LogSink(standard(FileDescriptor.err), capacity, lossNotice, threads);
  }

  /** Writes to a channel, which is closed with the sink. */
  static LogSink to(FileChannel channel, int capacity, LongFunction<byte[]> lossNotice) {
    LogOutput output = new LogOutput.Fixed(channel, true);
    return new LogSink(output, capacity, lossNotice, BackgroundThreads.unreported());
  }

  // The stream stays open: closing it would close the descriptor of the process.
  @SuppressWarnings("resource")
  private static LogOutput standard(FileDescriptor descriptor) {
    return new LogOutput.Fixed(new FileOutputStream(descriptor).getChannel(), false);
  }

  /**
   * Takes a line with its line feed. The caller must not change the array afterwards. Never blocks.
   *
   * @return whether there was room for the line
   */
  public boolean offer(byte[] line) {
    int waiting = closing ? 0 : ring.offer(line);
    if (waiting == 0) {
      dropped.increment();
      return false;
    }
    if (asleep || waiting == ring.capacity() / 2) {
      asleep = false;
      writer.unpark();
    }
    return true;
  }

  /** Lines lost so far: there was no room, or writing failed. */
  public long droppedLines() {
    return dropped.sum();
  }

  /** Lines written so far. */
  public long writtenLines() {
    return written.sum();
  }

  /** Writes the waiting lines and stops; waits at most three seconds. Idempotent. */
  @Override
  public void close() {
    closing = true;
    writer.stopAndJoin(CLOSE_TIMEOUT);
  }

  private void run(BackgroundThread self) {
    batch.clear(); // of a run that failed
    while (!self.isStopping()) {
      if (drain()) {
        LockSupport.parkNanos(this, GATHER_NANOS);
      } else {
        sleep();
      }
    }
    drain();
    try {
      output.close();
    } catch (IOException e) {
      dropped.increment();
    }
  }

  /** Parks until the next offer. A producer that offers in between sees {@code asleep}. */
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
    reportLoss();
    return any;
  }

  private void reportLoss() {
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

  /** Writes the batch; returns false if writing failed and its lines are lost. */
  private boolean flush() {
    int lines = batchLines;
    batchLines = 0;
    if (batch.position() == 0) {
      return true;
    }
    batch.flip();
    return write(lines);
  }

  private boolean write(int lines) {
    try {
      output.write(batch);
      written.add(lines);
      return true;
    } catch (IOException e) {
      // The log cannot report its own failure: the lines are counted as dropped, which is a metric.
      dropped.add(lines);
      return false;
    } finally {
      batch.clear();
    }
  }
}
