package dev.serai.core.usage;

/** What the rows of the ledger can be told apart by. */
public enum Dimension {
  /** The day, UTC, as {@code 2026-11-21}. */
  DAY,
  /** The hour, UTC, as {@code 2026-11-21T09}. */
  HOUR,
  PROVIDER,
  MODEL,
  TENANT,
  KEY,
  SESSION,
  TASK_TYPE
}
