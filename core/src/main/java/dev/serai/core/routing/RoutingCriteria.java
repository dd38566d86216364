package dev.serai.core.routing;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

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
   * unknown price is too high and an unknown region is the wrong one.
   *
   * @param vision the model reads images
   * @param functions the model calls tools
   * @param streaming the model streams its response
   * @param contextLength the fewest tokens that prompt and response may have together; 0 if any
   * @param nanoUsdPerToken the highest price of a token, of the prompt and of the response, in nano
   *     US dollars (1e-9 USD)
   * @param latencyMillis the longest time to the first token, as measured
   * @param regions where the model may run; empty if anywhere
   */
  public record Required(
      boolean vision,
      boolean functions,
      boolean streaming,
      int contextLength,
      OptionalLong nanoUsdPerToken,
      OptionalLong latencyMillis,
      Set<String> regions) {
    /** A candidate needs nothing. */
    public static final Required NOTHING =
        new Required(false, false, false, 0, OptionalLong.empty(), OptionalLong.empty());

    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_REGION = 64;

    public Required {
      regions = Set.copyOf(regions);
    }

    /**
     * Whether a text is the name of a region: of a cloud, such as {@code eu-west-1}, or an
     * operator's own.
     */
    public static boolean isRegion(String text) {
      return text.length() <= MAX_REGION && REGION.matcher(text).matches();
    }

    /**
     * Whether a model may run in that region: it is one of those that are required, or a part of
     * one, as {@code eu-west-1} is of {@code eu}.
     *
     * @param region empty if it is not known
     */
    public boolean admitsRegion(Optional<String> region) {
      return regions.isEmpty()
          || region.isPresent()
              && regions.stream()
                  .anyMatch(one -> region.get().equals(one) || region.get().startsWith(one + "-"));
    }

    /** A candidate may be in any region. */
    public Required(
        boolean vision,
        boolean functions,
        boolean streaming,
        int contextLength,
        OptionalLong nanoUsdPerToken,
        OptionalLong latencyMillis) {
      this(vision, functions, streaming, contextLength, nanoUsdPerToken, latencyMillis, Set.of());
    }
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
