package dev.serai.core.fanout;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the calls of an alias are asked of several candidates at once, and what is made of their
 * responses. Rules that ask one are {@link #OFF} itself. Immutable.
 *
 * @param aggregation how one response is made; empty if one candidate is asked
 * @param width how many candidates are asked at most
 * @param minResponses how many have to respond
 * @param deadline after this time the responses that are there count; zero for no deadline
 * @param route the route that asks them, without {@code direct:}
 */
public record FanOutRules(
    Optional<Aggregation> aggregation,
    int width,
    int minResponses,
    Duration deadline,
    String route) {
  /** The most candidates that one call is asked of. */
  public static final int MAX_WIDTH = 5;

  /** One candidate is asked after the other. */
  public static final FanOutRules OFF =
      new FanOutRules(Optional.empty(), 1, 1, Duration.ZERO, "fan-out");
}
