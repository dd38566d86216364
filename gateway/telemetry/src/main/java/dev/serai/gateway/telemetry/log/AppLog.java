package dev.serai.gateway.telemetry.log;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything that is logged through java.util.logging, where SLF4J leads too, to the {@link
 * LogSink}: without secrets, and with control characters escaped, so that no text can forge a line.
 * Thread-safe.
 */
final class AppLog extends Handler {
  private static final Field LOGGER = Field.of("logger");
  private static final Field THREAD = Field.of("thread");
  private static final Field EXCEPTION = Field.of("exception");

  private static final int MAX_MESSAGE = 4_000;
  private static final int MAX_NAME = 120;

  /** More than is written, so that a secret is not cut in two before it is found. */
  private static final int MAX_SEARCHED = MAX_MESSAGE + 1_000;

  private static final String OURS = "dev.serai";

  /** Libraries that log only warnings and errors: their finer lines may contain what they carry. */
  private static final List<String> LIBRARIES =
      List.of(
          "org.apache.camel",
          "io.netty",
          "io.opentelemetry",
          "jdk",
          "sun",
          "org.eclipse",
          "org.flywaydb");

  /** It advises a flag of the JVM that the launcher does not set; only its failures are logged. */
  private static final String ADVISING = "org.apache.lucene.internal.vectorization";

  /** Its lines have parts of schemas and texts of clients; its caller says what is wrong. */
  private static final String SHOWING = "com.networknt.schema";

  private final LogSink sink;
  private final LogStyle style;
  private final Redaction redaction;
  private final SimpleFormatter messages = new SimpleFormatter();
  private final ThreadLocal<LogLine> lines;

  /** The log manager refers to loggers weakly; this keeps those that were given a level. */
  private final List<Logger> configured = new ArrayList<>();

  /** Creates a handler that is not in use before {@link #install}. */
  AppLog(LogSink sink, LogStyle style, Redaction redaction, InstantSource clock) {
    this.sink = sink;
    this.style = style;
    this.redaction = redaction;
    this.lines = ThreadLocal.withInitial(() -> new LogLine(style.format(), clock));
  }

  /**
   * Makes this the only handler of the process. Call it once, early. A level below info applies to
   * Serai's own code only; the log steps of an operator's routes are written from info on.
   */
  public void install() {
    Level threshold = style.threshold();
    LogManager.getLogManager().reset();
    Logger.getLogger("").addHandler(this);
    trace(new Throwable()); // loads the classes now: later there may be no free file descriptor
    configure("", atLeast(Level.INFO, threshold));
    configure(OURS, threshold);
    for (String name : LIBRARIES) {
      configure(name, atLeast(Level.WARNING, threshold));
    }
    configure(ADVISING, Level.SEVERE);
    configure(SHOWING, Level.OFF);
  }

  private void configure(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(level);
    configured.add(logger);
  }

  private static Level atLeast(Level least, Level threshold) {
    return threshold.intValue() < least.intValue() ? least : threshold;
  }

  @Override
  public void publish(LogRecord record) {
    if (isLoggable(record)) {
      sink.offer(line(record).end());
    }
  }

  private LogLine line(LogRecord record) {
    String message = redaction.scrub(bounded(messages.formatMessage(record)));
    LogLine line = lines.get().begin(record.getMillis(), record.getLevel(), message, MAX_MESSAGE);
    String logger = record.getLoggerName();
    if (logger != null) {
      line.add(LOGGER, logger, MAX_NAME);
    }
    line.add(THREAD, Thread.currentThread().getName(), MAX_NAME);
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      line.addTrace(EXCEPTION, trace(thrown), MAX_MESSAGE);
    }
    return line;
  }

  /** A class that cannot be loaded must not end the thread that logs, such as an event loop. */
  private List<String> trace(Throwable thrown) {
    try {
      return new StackTraceText(redaction).of(thrown);
    } catch (LinkageError e) {
      return List.of(thrown.getClass().getName());
    }
  }

  /** Secrets are searched in little more than is written, so that a huge message costs no more. */
  private static String bounded(@Nullable String message) {
    String text = String.valueOf(message);
    return text.length() > MAX_SEARCHED ? text.substring(0, MAX_SEARCHED) : text;
  }

  /** Does nothing: the sink writes lines by itself. */
  @Override
  public void flush() {}

  /** Does nothing: the owner of the sink closes it. */
  @Override
  public void close() {}
}
