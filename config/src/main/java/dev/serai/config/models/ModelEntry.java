package dev.serai.config.models;

import dev.serai.config.read.Range;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator says of a model, or of all whose name begins alike. What is left out is as the
 * vendored data has it; a price replaces the vendored one as a whole.
 *
 * @param contextLength tokens that prompt and answer may have together
 * @param maxOutputTokens tokens that an answer may have
 * @param inputModalities what it takes
 * @param outputModalities what it gives
 * @param capabilities what else it can do
 * @param price what its tokens cost, in US dollars per million
 * @param largePrompts what they cost above some size of the prompt
 * @param terms what differs when the provider served the call by special terms, by its word for
 *     them (batch, flex, priority); without a price here the cost of such a call is unknown
 */
public record ModelEntry(
    @Range(min = 1, max = 1_000_000_000) Optional<Integer> contextLength,
    @Range(min = 1, max = 1_000_000_000) Optional<Integer> maxOutputTokens,
    List<Modality> inputModalities,
    List<Modality> outputModalities,
    List<Capability> capabilities,
    TokenPrices price,
    List<LargePrompt> largePrompts,
    Map<String, TokenPrices> terms) {

  public ModelEntry {
    inputModalities = List.copyOf(inputModalities);
    outputModalities = List.copyOf(outputModalities);
    capabilities = List.copyOf(capabilities);
    largePrompts = List.copyOf(largePrompts);
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    if (price.input().isPresent() != price.output().isPresent()) {
      throw new IllegalArgumentException(
          "price needs input and output together; 0 is allowed and means free");
    }
    boolean more = !largePrompts.isEmpty() || !terms.isEmpty() || !price.given().isEmpty();
    if (price.input().isEmpty() && more) {
      throw new IllegalArgumentException("a price with input and output is needed");
    }
    for (int i = 1; i < largePrompts.size(); i++) {
      if (largePrompts.get(i).above() <= largePrompts.get(i - 1).above()) {
        throw new IllegalArgumentException("largePrompts rising from one to the next are allowed");
      }
    }
  }

  /** Says nothing. */
  public static ModelEntry defaults() {
    return new ModelEntry(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        TokenPrices.defaults(),
        List.of(),
        Map.of());
  }

  /** Whether it tells what tokens cost. */
  public boolean priced() {
    return price.input().isPresent();
  }
}
