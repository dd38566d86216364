package dev.serai.core.model;

import java.util.Optional;

/**
 * Parameters of an alias for chat requests that do not set them. Immutable.
 *
 * @param temperature the randomness of sampling
 * @param topP the share of the probability that sampling chooses from
 * @param maxTokens the most tokens of the response
 * @param seed for sampling
 */
public record DefaultParameters(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Integer> maxTokens,
    Optional<Integer> seed) {
  /** None is set. */
  public static final DefaultParameters NONE =
      new DefaultParameters(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
