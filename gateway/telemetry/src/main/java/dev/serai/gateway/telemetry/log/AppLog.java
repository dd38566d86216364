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
 * The application log: everything said through java.util.logging, which is where SLF4J leads here,
 * becomes a line in the {@link LogSink}, without secrets and on one line whatever its text holds.
 * Thread-safe.
 */
public final class AppLog extends Handler {
  private static final Field LOGGER = Field.of("logger");
  private static final Field THREAD = Field.of("thread");
  private static final Field EXCEPTION = Field.of("exception");

  private static final int MESSAGE_LIMIT = 4_000;
  private static final int NAME_LIMIT = 120;

  /** Beyond what is kept, so that no secret is cut in two before it is found. */
  private static final int SEARCH_LIMIT = MESSAGE_LIMIT + 1_000;

  /** Libraries that say too much below this level; only trace lets them speak. */
  private static final List<String> CHATTY =
      List.of("org.apache.camel", "io.netty", "io.opentelemetry", "jdk", "sun", "org.eclipse");

  private final LogSink sink;
  private final LogStyle style;
  private final Redaction redaction;
  private final SimpleFormatter messages = new SimpleFormatter();
  private final ThreadLocal<LogLine> lines;

  /** Loggers are held weakly by the log manager: those that were given a level are held here. */
  private final List<Logger> configured = new ArrayList<>();

  /** A handler that is not yet in use: see {@link #install}. */
  public AppLog(LogSink sink, LogStyle style, Redaction redaction, InstantSource clock) {
    this.sink = sink;
    this.style = style;
    this.redaction = redaction;
    this.lines = ThreadLocal.withInitial(() -> new LogLine(style.format(), clock));
  }

  /**
   * Makes this the only handler of the process. To be called once, early. A threshold below warning
   * holds for Serai's own code, and for libraries only from trace ({@link Level#FINER}) on.
   */
  public void install() {
    Level threshold = style.threshold();
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(threshold);
    root.addHandler(this);
    configured.add(root);
    boolean quiet =
        threshold.intValue() < Level.WARNING.intValue()
            && threshold.intValue() > Level.FINER.intValue();
    if (quiet) {
      for (String name : CHATTY) {
        Logger chatty = Logger.getLogger(name);
        chatty.setLevel(Level.WARNING);
        configured.add(chatty);
      }
    }
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    String message = redaction.scrub(bounded(messages.formatMessage(record)));
    LogLine line = lines.get().begin(record.getMillis(), record.getLevel(), message, MESSAGE_LIMIT);
    String logger = record.getLoggerName();
    if (logger != null) {
      line.add(LOGGER, logger, NAME_LIMIT);
    }
    line.add(THREAD, Thread.currentThread().getName(), NAME_LIMIT);
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      line.addTrace(EXCEPTION, new StackTraceText(redaction).of(thrown), MESSAGE_LIMIT);
    }
    sink.offer(line.end());
  }

  /** Secrets are searched in little more than what is kept: a huge message costs no more. */
  private static String bounded(@Nullable String message) {
    String text = String.valueOf(message);
    return text.length() > SEARCH_LIMIT ? text.substring(0, SEARCH_LIMIT) : text;
  }

  /** Lines are written as they come. */
  @Override
  public void flush() {}

  /** The sink is closed by whoever opened it. */
  @Override
  public void close() {}
}
