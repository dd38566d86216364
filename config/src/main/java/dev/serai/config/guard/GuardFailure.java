package dev.serai.config.guard;

/** What is done with what a guard cannot check. */
enum GuardFailure {
  /** The request or the response is refused. */
  CLOSED,
  /** It passes. */
  OPEN
}
