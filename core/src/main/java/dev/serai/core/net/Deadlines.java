package dev.serai.core.net;

import java.time.Duration;

/**
 * How long a provider may take.
 *
 * @param connect until the connection, TLS included, stands
 * @param firstToken from sending the request until the first token; for a whole answer until the
 *     first piece of its body
 * @param idle between two pieces of a streamed answer
 * @param stall between two pieces of a whole answer: a model that writes is not waited for any
 *     more, so it is short enough to ask another provider
 * @param total from sending the request until the end of the answer
 */
public record Deadlines(
    Duration connect, Duration firstToken, Duration idle, Duration stall, Duration total) {
  public Deadlines {
    requirePositive("connect", connect);
    requirePositive("firstToken", firstToken);
    requirePositive("idle", idle);
    requirePositive("stall", stall);
    requirePositive("total", total);
  }

  /** Five seconds, 30 seconds, 60 seconds, 15 seconds, 10 minutes. */
  public static Deadlines defaults() {
    return new Deadlines(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        Duration.ofMinutes(10));
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be above zero");
    }
  }
}
