package dev.serai.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects what a class logs: the level, and the text. */
public final class LogLines extends Handler {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final SimpleFormatter formatter = new SimpleFormatter();

  private LogLines() {}

  /** What the class logs while something runs. */
  public static List<String> of(Class<?> logging, Runnable work) {
    Logger logger = Logger.getLogger(logging.getName());
    LogLines handler = new LogLines();
    logger.addHandler(handler);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
    }
    return List.copyOf(handler.lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getLevel() + " " + formatter.formatMessage(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
