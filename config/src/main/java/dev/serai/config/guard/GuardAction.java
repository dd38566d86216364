package dev.serai.config.guard;

/** What is done with what a guard objects to. */
enum GuardAction {
  /** The request or the response is refused. */
  BLOCK,
  /** It is counted and logged, and passes. */
  REPORT
}
