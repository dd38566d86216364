package dev.serai.core.fanout;

import java.time.Duration;
import java.util.Map;
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
 * @param choice what the choice of a response depends on
 */
public record FanOutRules(
    Optional<Aggregation> aggregation,
    int width,
    int minResponses,
    Duration deadline,
    String route,
    Choice choice) {
  /** The most candidates that one call is asked of. */
  public static final int MAX_WIDTH = 5;

  /** One candidate is asked after the other. */
  public static final FanOutRules OFF =
      new FanOutRules(Optional.empty(), 1, 1, Duration.ZERO, "fan-out", Choice.NONE);

  /**
   * What the choice of a response depends on, besides the responses. Immutable.
   *
   * @param judge the model name that is asked for scores; empty without a judge
   * @param weights of the candidates, by {@code provider/model}; one that is not there has 1
   */
  public record Choice(String judge, Map<String, Integer> weights) {
    /** It depends on the responses only. */
    public static final Choice NONE = new Choice("", Map.of());

    public Choice {
      weights = Map.copyOf(weights);
    }

    /** The weight of a candidate. */
    public int weight(String provider, String model) {
      return weights.getOrDefault(provider + "/" + model, 1);
    }
  }
}
