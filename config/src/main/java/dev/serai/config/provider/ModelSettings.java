package dev.serai.config.provider;

import dev.serai.config.read.Required;
import dev.serai.config.read.ShortForm;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A model of a provider. Prices are in US dollars per million tokens and win over the catalogue's;
 * 0 means free.
 *
 * @param name what the provider calls it
 * @param costPerInput price of input tokens
 * @param costPerOutput price of output tokens
 * @param costPerCachedInput price of input tokens read from a cache; else the price of input
 * @param costPerCacheWrite price of input tokens written to a cache; else the price of input
 */
public record ModelSettings(
    @Required @ShortForm String name,
    Optional<BigDecimal> costPerInput,
    Optional<BigDecimal> costPerOutput,
    Optional<BigDecimal> costPerCachedInput,
    Optional<BigDecimal> costPerCacheWrite) {

  public ModelSettings {
    if (costPerInput.isPresent() != costPerOutput.isPresent()) {
      throw new IllegalArgumentException(
          "cost_per_input and cost_per_output are given together or not at all");
    }
    if (costPerInput.isEmpty()
        && (costPerCachedInput.isPresent() || costPerCacheWrite.isPresent())) {
      throw new IllegalArgumentException("a price for cached input needs cost_per_input");
    }
  }

  /** A model without prices, still to be named. */
  public static ModelSettings defaults() {
    return named("");
  }

  /** A model without prices of its own. */
  public static ModelSettings named(String name) {
    return new ModelSettings(
        name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
