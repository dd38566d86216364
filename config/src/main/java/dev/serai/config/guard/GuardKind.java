package dev.serai.config.guard;

/** How a guard checks a text. */
enum GuardKind {
  /** It searches for prompt injection, with built-in patterns. */
  INJECTION,
  /** It searches for phrases and regular expressions of the settings. */
  CONTENT
}
