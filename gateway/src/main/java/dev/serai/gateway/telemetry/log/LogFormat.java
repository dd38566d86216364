package dev.serai.gateway.telemetry.log;

/** The form of a log line. */
public enum LogFormat {
  /** One JSON object a line, for machines. */
  JSON,
  /** {@code time LEVEL message name=value ...}, for eyes. */
  TEXT
}
