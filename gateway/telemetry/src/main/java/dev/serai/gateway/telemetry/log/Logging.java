package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.model.ModelCatalogue;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongFunction;
import java.util.logging.Level;

/**
 * Opens the log of the process as the settings describe it. Open it once, first; close it last.
 * Thread-safe.
 */
public final class Logging implements AutoCloseable {
  /** Lines that may wait: about a second of a busy gateway. */
  private static final int MAX_QUEUED = 16_384;

  private static final Field LINES = Field.of("lines");

  private final LogSink sink;
  private final LogStyle style;
  private final InstantSource clock;

  private Logging(LogSink sink, LogStyle style, InstantSource clock) {
    this.sink = sink;
    this.style = style;
    this.clock = clock;
  }

  /**
   * Opens the file or the standard error stream; from then on everything that is logged in this
   * process goes there.
   *
   * @param threads makes the thread that writes
   * @throws IOException if the file cannot be opened for writing
   */
  public static Logging open(
      LogSettings settings, Redaction redaction, InstantSource clock, BackgroundThreads threads)
      throws IOException {
    LogStyle style = LogStyle.of(settings);
    LogLine line = new LogLine(style.format(), clock);
    LongFunction<byte[]> loss =
        lost -> line.begin(Level.WARNING, "log lines were lost", 40).add(LINES, lost).end();
    LogSink sink =
        settings.file().isEmpty()
            ? LogSink.toStandardError(MAX_QUEUED, loss, threads)
            : LogSink.toFile(settings.file().get(), MAX_QUEUED, loss, threads);
    new AppLog(sink, style, redaction, clock).install();
    return new Logging(sink, style, clock);
  }

  /** The listener that writes one line per call. */
  public RequestLog requestLog(ModelCatalogue catalogue) {
    return new RequestLog(sink, catalogue, style, clock);
  }

  /** How many lines have been lost because the queue was full. Any thread may ask. */
  public long droppedLines() {
    return sink.droppedLines();
  }

  /** Writes the waiting lines and stops; waits at most three seconds. */
  @Override
  public void close() {
    sink.close();
  }
}
