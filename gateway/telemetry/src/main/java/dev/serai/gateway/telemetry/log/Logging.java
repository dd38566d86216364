package dev.serai.gateway.telemetry.log;

import dev.serai.config.telemetry.LogSettings;
import dev.serai.core.model.ModelCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongFunction;
import java.util.logging.Level;

/** The process's log as its settings describe it. To be opened once, first, and closed last. */
public final class Logging implements AutoCloseable {
  /** Lines that may wait: a burst of a second on a busy machine. */
  private static final int CAPACITY = 16_384;

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
   * Opens the file, or the standard error stream, and sends there whatever is logged in this
   * process from now on.
   *
   * @throws IOException if the file cannot be opened for writing
   */
  public static Logging open(LogSettings settings, Redaction redaction, InstantSource clock)
      throws IOException {
    LogStyle style = LogStyle.of(settings);
    LogLine line = new LogLine(style.format(), clock);
    LongFunction<byte[]> loss =
        lost -> line.begin(Level.WARNING, "log lines were lost", 40).add(LINES, lost).end();
    Path file = settings.file().orElse(null);
    LogSink sink =
        file == null
            ? LogSink.toStandardError(CAPACITY, loss)
            : LogSink.toFile(file, CAPACITY, loss);
    new AppLog(sink, style, redaction, clock).install();
    return new Logging(sink, style, clock);
  }

  /** The listener that writes a line for every call. */
  public RequestLog requestLog(ModelCatalogue catalogue) {
    return new RequestLog(sink, catalogue, style, clock);
  }

  /** For what was lost and written, as metrics. */
  public LogSink sink() {
    return sink;
  }

  /** Writes what is left; waits for it, but not for ever. */
  @Override
  public void close() {
    sink.close();
  }
}
