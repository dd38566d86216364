package dev.serai.core.routing;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a request asks of the choice of its model. Immutable.
 *
 * @param required what a candidate must have
 * @param preferred what a candidate should have
 * @param target the quality, the cost and the latency of the call
 */
public record RoutingCriteria(Required required, Preferred preferred, QualityTarget target) {
  /** A request asks for nothing. */
  public static final RoutingCriteria NONE =
      new RoutingCriteria(Required.NOTHING, Preferred.NOTHING);

  /** Criteria without a target. */
  public RoutingCriteria(Required required, Preferred preferred) {
    this(required, preferred, QualityTarget.NONE);
  }

  /**
   * What a candidate must have. A candidate of which it is not known may have it, except that an
   * unknown price is too high.
   *
   * @param vision the model reads images
   * @param functions the model calls tools
   * @param streaming the model streams its response
   * @param contextLength the fewest tokens that prompt and response may have together; 0 if any
   * @param nanoUsdPerToken the highest price of a token, of the prompt and of the response, in nano
   *     US dollars (1e-9 USD)
   * @param latencyMillis the longest time to the first token, as measured
   */
  public record Required(
      boolean vision,
      boolean functions,
      boolean streaming,
      int contextLength,
      OptionalLong nanoUsdPerToken,
      OptionalLong latencyMillis) {
    /** A candidate needs nothing. */
    public static final Required NOTHING =
        new Required(false, false, false, 0, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * What a candidate should have.
   *
   * @param strategy how candidates are ordered; empty for that of the settings
   * @param cheap a low price counts
   * @param fast a low latency counts
   * @param reliable few failures count
   * @param complexity of the task, from 1 to 10: a difficult one prefers expensive models, an easy
   *     one cheap models
   */
  public record Preferred(
      Optional<Strategy> strategy,
      boolean cheap,
      boolean fast,
      boolean reliable,
      OptionalInt complexity) {
    /** Any candidate is as good as another. */
    public static final Preferred NOTHING =
        new Preferred(Optional.empty(), false, false, false, OptionalInt.empty());
  }

  /** The same with this strategy. */
  public RoutingCriteria with(Strategy strategy) {
    return new RoutingCriteria(
        required,
        new Preferred(
            Optional.of(strategy),
            preferred.cheap,
            preferred.fast,
            preferred.reliable,
            preferred.complexity),
        target);
  }

  /** The same with this target. */
  public RoutingCriteria with(QualityTarget other) {
    return new RoutingCriteria(required, preferred, other);
  }
}
