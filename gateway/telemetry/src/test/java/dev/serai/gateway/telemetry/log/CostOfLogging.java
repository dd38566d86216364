package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings.Format;
import dev.serai.core.background.BackgroundThreads;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Measures the log sink and the handlers of java.util.logging with the same formatter, which writes
 * no more than the message: CPU per line at 40,000 lines a second to a file, and how long a call
 * blocks while the reader of a pipe stops for two seconds. A program, not a test: {@code
 * CostOfLogging FOLDER}. Its numbers are in docs/adr/0012-log-sink.md.
 */
public final class CostOfLogging {
  private static final int LINES = 200_000;
  private static final int BURST = 400;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final int PIPE_LINES = 20_000;
  private static final long STOP_MILLIS = 2_000;
  private static final int CAPACITY = 16_384;

  private CostOfLogging() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (int round = 1; round <= 3; round++) {
      System.out.println("round " + round);
      try (LogSink sink =
          LogSink.toFile(
              folder.resolve("sink"),
              CAPACITY,
              CostOfLogging::notice,
              BackgroundThreads.unreported())) {
        file("LogSink", formatted(sink));
        file("LogSink with AppLog's JSON and redaction", appLog(sink));
        System.out.println("  lost " + sink.droppedLines());
      }
      Handler handler = new FileHandler(folder.resolve("handler").toString(), true);
      handler.setFormatter(new Plain());
      file("FileHandler", handler);
      handler.close();
    }
    pipeOfSink(pipe(folder.resolve("pipe-of-sink")));
    pipeOfConsole(pipe(folder.resolve("pipe-of-console")));
  }

  /** Writes the message alone: the formatter of java.util.logging takes longer than any sink. */
  private static final class Plain extends Formatter {
    @Override
    public String format(LogRecord record) {
      return record.getMessage() + "\n";
    }
  }

  private static Handler formatted(LogSink sink) {
    Formatter formatter = new Plain();
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        sink.offer(formatter.format(record).getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static Handler appLog(LogSink sink) {
    LogStyle style = new LogStyle(Format.JSON, Level.INFO);
    return new AppLog(sink, style, new Redaction(List.of()), InstantSource.system());
  }

  /** Prints the CPU that a line takes on the calling thread and on others. */
  static void file(String name, Handler handler) {
    long process = processNanos();
    long own = ownNanos();
    long pauses = 0;
    for (int i = 1; i <= LINES; i++) {
      handler.publish(line(i));
      if (i % BURST == 0) {
        long before = ownNanos();
        LockSupport.parkNanos(PAUSE_NANOS);
        pauses += ownNanos() - before;
      }
    }
    own = ownNanos() - own - pauses;
    process = processNanos() - process - own - pauses;
    System.out.printf(
        Locale.ROOT,
        "  %s: %.0f ns a line on the calling thread, %.0f ns elsewhere%n",
        name,
        own / (double) LINES,
        process / (double) LINES);
  }

  private static void pipeOfSink(Path pipe) throws Exception {
    AtomicLong read = new AtomicLong();
    Thread reader = reader(pipe, read);
    try (LogSink sink =
        LogSink.to(
            FileChannel.open(pipe, StandardOpenOption.WRITE), CAPACITY, CostOfLogging::notice)) {
      pipe("LogSink", formatted(sink));
      System.out.println("  lost " + sink.droppedLines());
    }
    reader.join();
    System.out.println("  read " + read);
  }

  private static void pipeOfConsole(Path pipe) throws Exception {
    AtomicLong read = new AtomicLong();
    Thread reader = reader(pipe, read);
    PrintStream before = System.err;
    try (PrintStream slow = new PrintStream(pipe.toFile(), StandardCharsets.UTF_8)) {
      System.setErr(slow);
      Handler console = new ConsoleHandler();
      console.setFormatter(new Plain());
      pipe("ConsoleHandler", console);
    } finally {
      System.setErr(before);
    }
    reader.join();
    System.out.println("  read " + read);
  }

  /** Prints the longest call and how long all calls above a millisecond took together. */
  static void pipe(String name, Handler handler) {
    long longest = 0;
    long blocked = 0;
    for (int i = 1; i <= PIPE_LINES; i++) {
      LogRecord record = line(i);
      long start = System.nanoTime();
      handler.publish(record);
      long nanos = System.nanoTime() - start;
      longest = Math.max(longest, nanos);
      blocked += nanos > 1_000_000 ? nanos : 0;
      if (i % 100 == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  %s, reader stops: longest call %.3f ms, calls above 1 ms together %.1f ms%n",
        name,
        longest / 1e6,
        blocked / 1e6);
  }

  static Path pipe(Path path) throws IOException, InterruptedException {
    Files.deleteIfExists(path);
    int status = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
    if (status != 0) {
      throw new IOException("mkfifo failed with status " + status);
    }
    return path;
  }

  /** Reads the pipe to its end; stops once, after the first 64 KB. */
  static Thread reader(Path pipe, AtomicLong lines) {
    return Thread.ofPlatform()
        .start(
            () -> {
              byte[] bytes = new byte[64 * 1024];
              boolean stopped = false;
              try (FileInputStream in = new FileInputStream(pipe.toFile())) {
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                  for (int i = 0; i < n; i++) {
                    lines.addAndGet(bytes[i] == '\n' ? 1 : 0);
                  }
                  if (!stopped && lines.get() > 300) {
                    stopped = true;
                    LockSupport.parkNanos(STOP_MILLIS * 1_000_000);
                  }
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static LogRecord line(int number) {
    LogRecord record =
        new LogRecord(Level.INFO, "provider groq failed with 503, trying the next: " + number);
    record.setLoggerName("dev.serai.processors.attempt.NoteFailedAttempt");
    return record;
  }

  private static byte[] notice(long lost) {
    return ("lost " + lost + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static long ownNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long processNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
