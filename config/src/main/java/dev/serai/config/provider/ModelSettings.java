package dev.serai.config.provider;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;
import dev.serai.config.annotation.Secret;
import dev.serai.config.annotation.ShortForm;
import dev.serai.core.http.HeaderRules;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.routing.RoutingCriteria;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A model of a provider. Prices are in US dollars per million tokens and override those of the
 * catalogue; 0 means free.
 *
 * @param name the name of the model at the provider
 * @param costPerInput price of input tokens
 * @param costPerOutput price of output tokens
 * @param costPerCachedInput price of input tokens read from a cache; if absent, the price of input
 * @param costPerCacheWrite price of input tokens written to a cache; if absent, the price of input
 * @param deadlines deadlines that replace those of all providers
 * @param quality how good its responses are, from 0 to 1, for calls with a quality target
 * @param region where it runs, instead of that of its provider
 * @param headers header fields to add to every request for it; their values are secrets
 * @param parameters for its chat requests
 */
public record ModelSettings(
    @Required @ShortForm String name,
    Optional<BigDecimal> costPerInput,
    Optional<BigDecimal> costPerOutput,
    Optional<BigDecimal> costPerCachedInput,
    Optional<BigDecimal> costPerCacheWrite,
    DeadlineOverrides deadlines,
    @Range(min = 0, max = 1) Optional<Double> quality,
    Optional<String> region,
    Map<String, Secret> headers,
    ModelParameterSettings parameters) {

  /**
   * @throws IllegalArgumentException if prices are incomplete, the region is malformed, or a header
   *     field is malformed or not the model's to set
   */
  public ModelSettings {
    region.ifPresent(ModelSettings::requireRegion);
    headers = Map.copyOf(headers);
    headers.forEach(
        (field, value) ->
            HeaderRules.requireNoKey(field, value.reveal(), "which belongs to a provider"));
    if (costPerInput.isPresent() != costPerOutput.isPresent()) {
      throw new IllegalArgumentException("cost_per_input and cost_per_output must be set together");
    }
    if (costPerInput.isEmpty()
        && (costPerCachedInput.isPresent() || costPerCacheWrite.isPresent())) {
      throw new IllegalArgumentException(
          "a price for cached input needs cost_per_input and cost_per_output");
    }
  }

  static void requireRegion(String region) {
    if (!RoutingCriteria.Required.isRegion(region)) {
      throw new IllegalArgumentException(
          "region must be a name such as eu or eu-west-1, of a-z, 0-9 and '-'");
    }
  }

  /** Without a name, which must be set, and without prices. */
  public static ModelSettings defaults() {
    return named("");
  }

  /** A model without prices of its own. */
  public static ModelSettings named(String name) {
    return new ModelSettings(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DeadlineOverrides.defaults(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        ModelParameterSettings.defaults());
  }
}
