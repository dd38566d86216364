package dev.serai.core.net;

import java.time.Duration;

/**
 * How long a provider may take.
 *
 * @param connect until the connection, TLS included, stands
 * @param firstToken from sending the request until the first token; for a whole answer until its
 *     head
 * @param idle between two pieces of an answer
 * @param total from sending the request until the end of the answer
 */
public record Deadlines(Duration connect, Duration firstToken, Duration idle, Duration total) {
  public Deadlines {
    requirePositive("connect", connect);
    requirePositive("firstToken", firstToken);
    requirePositive("idle", idle);
    requirePositive("total", total);
  }

  /** Five seconds, 30 seconds, 60 seconds, 10 minutes. */
  public static Deadlines defaults() {
    return new Deadlines(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofMinutes(10));
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be above zero");
    }
  }
}
