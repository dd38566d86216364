package dev.serai.config.routing;

import dev.serai.config.annotation.Range;
import dev.serai.core.model.DefaultParameters;
import java.util.Optional;

/**
 * Parameters for the chat requests of an alias that do not set them.
 *
 * @param temperature the randomness of sampling
 * @param topP the share of the probability that sampling chooses from
 * @param maxTokens the most tokens of the response
 * @param seed for sampling
 */
public record ParameterSettings(
    @Range(min = 0, max = 2) Optional<Double> temperature,
    @Range(min = 0, max = 1) Optional<Double> topP,
    @Range(min = 1, max = 1_000_000_000) Optional<Integer> maxTokens,
    Optional<Integer> seed) {

  /** None is set. */
  public static ParameterSettings defaults() {
    return new ParameterSettings(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** These; those that are not set are those of {@code others}. */
  public ParameterSettings over(ParameterSettings others) {
    return new ParameterSettings(
        temperature.or(() -> others.temperature),
        topP.or(() -> others.topP),
        maxTokens.or(() -> others.maxTokens),
        seed.or(() -> others.seed));
  }

  /** The same for requests. */
  public DefaultParameters parameters() {
    return equals(defaults())
        ? DefaultParameters.NONE
        : new DefaultParameters(temperature, topP, maxTokens, seed);
  }
}
