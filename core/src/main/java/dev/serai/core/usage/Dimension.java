package dev.serai.core.usage;

/** The dimensions by which rows of the ledger are filtered and grouped. */
public enum Dimension {
  /** The day, UTC, as {@code 2026-11-21}. */
  DAY,
  /** The hour, UTC, as {@code 2026-11-21T09}. */
  HOUR,
  PROVIDER,
  MODEL,
  TENANT,
  TEAM,
  USER,
  KEY,
  SESSION,
  TASK_TYPE,
  /** Each tag of a row: a row with several tags counts for each of them. */
  TAG
}
