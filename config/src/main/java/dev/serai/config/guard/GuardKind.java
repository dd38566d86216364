package dev.serai.config.guard;

/** How a guard checks a text. */
public enum GuardKind {
  /** It searches for prompt injection, with built-in patterns. */
  INJECTION,
  /** It searches for phrases and regular expressions of the settings. */
  CONTENT,
  /** It checks that a response is JSON that matches a schema. */
  JSON_SCHEMA,
  /** It asks a route of the operator. */
  ROUTE
}
