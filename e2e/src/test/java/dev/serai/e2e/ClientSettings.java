package dev.serai.e2e;

/** Settings that several tests share. */
final class ClientSettings {
  /** What most cassettes say. */
  static final String HELLO = "Hello, wörld 👋! 日本.";

  /** No retry, and no breaker that opens: every failure is seen as it is. */
  static final String PATIENT =
      """
      server:
        keep_alive: 100ms
      retry:
        max_attempts: 1
      upstream:
        breaker:
          window: 1000
          minimum_calls: 1000
      """;

  private ClientSettings() {}
}
