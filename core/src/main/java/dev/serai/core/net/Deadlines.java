package dev.serai.core.net;

import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * How long a provider may take.
 *
 * @param connect time limit for opening a connection, TLS included
 * @param firstToken time limit from sending the request to the first token, or to the first bytes
 *     of a non-streaming response
 * @param idle time limit between two pieces of a stream
 * @param stall time limit between two pieces of a non-streaming response; it is short, since the
 *     response is already complete and another provider may still be tried
 * @param total time limit from sending the request to the end of the response
 */
public record Deadlines(
    Duration connect, Duration firstToken, Duration idle, Duration stall, Duration total) {
  public Deadlines {
    new DurationFaults()
        .positive("connect", connect)
        .positive("firstToken", firstToken)
        .positive("idle", idle)
        .positive("stall", stall)
        .positive("total", total)
        .throwIfAny();
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

  /** These deadlines, none of them longer than this. */
  public Deadlines atMost(Duration limit) {
    return new Deadlines(
        shorter(connect, limit),
        shorter(firstToken, limit),
        shorter(idle, limit),
        shorter(stall, limit),
        shorter(total, limit));
  }

  /** These deadlines, none of those until the first token longer than this. */
  public Deadlines beginningWithin(Duration limit) {
    return new Deadlines(shorter(connect, limit), shorter(firstToken, limit), idle, stall, total);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
