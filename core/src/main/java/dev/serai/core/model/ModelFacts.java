package dev.serai.core.model;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is known of a model. Nothing is guessed: what is unknown is empty. Immutable.
 *
 * @param contextLength maximum tokens of prompt and response together
 * @param maxOutputTokens maximum tokens of a response
 * @param input the kinds of content that it accepts; empty if not known
 * @param output the kinds of content that it produces; empty if not known
 * @param capabilities what else it can do; empty if not known
 * @param prices current default prices for a short prompt: US dollars a token; empty if not known,
 *     which is not free
 */
public record ModelFacts(
    OptionalInt contextLength,
    OptionalInt maxOutputTokens,
    Set<Modality> input,
    Set<Modality> output,
    Set<Capability> capabilities,
    Map<Charge, BigDecimal> prices) {
  /** A model of which nothing is known. */
  public static final ModelFacts UNKNOWN =
      new ModelFacts(
          OptionalInt.empty(), OptionalInt.empty(), Set.of(), Set.of(), Set.of(), Map.of());

  public ModelFacts {
    input = ordered(input, Modality.class);
    output = ordered(output, Modality.class);
    capabilities = ordered(capabilities, Capability.class);
    Map<Charge, BigDecimal> sorted = new EnumMap<>(Charge.class);
    sorted.putAll(prices);
    prices = Collections.unmodifiableMap(sorted);
  }

  private static <E extends Enum<E>> Set<E> ordered(Set<E> values, Class<E> type) {
    EnumSet<E> sorted = EnumSet.noneOf(type);
    sorted.addAll(values);
    return Collections.unmodifiableSet(sorted);
  }

  /** The same with these prices. */
  public ModelFacts withPrices(Map<Charge, BigDecimal> usdPerToken) {
    return new ModelFacts(contextLength, maxOutputTokens, input, output, capabilities, usdPerToken);
  }

  /** The facts that hold for both models. */
  public ModelFacts intersect(ModelFacts other) {
    return new ModelFacts(
        smaller(contextLength, other.contextLength),
        smaller(maxOutputTokens, other.maxOutputTokens),
        both(input, other.input),
        both(output, other.output),
        both(capabilities, other.capabilities),
        prices.equals(other.prices) ? prices : Map.of());
  }

  private static OptionalInt smaller(OptionalInt one, OptionalInt other) {
    return one.isPresent() && other.isPresent()
        ? OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()))
        : OptionalInt.empty();
  }

  private static <E> Set<E> both(Set<E> one, Set<E> other) {
    Set<E> shared = new HashSet<>(one);
    shared.retainAll(other);
    return shared;
  }
}
