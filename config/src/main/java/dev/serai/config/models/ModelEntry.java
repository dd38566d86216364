package dev.serai.config.models;

import dev.serai.config.annotation.Range;
import dev.serai.core.model.Capability;
import dev.serai.core.model.Modality;
import dev.serai.core.net.DeadlineOverrides;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry of {@code models.yaml}: a model, or all models whose names have the same beginning. What
 * is left out comes from the built-in data; a price replaces the built-in price as a whole.
 *
 * @param contextLength how many tokens prompt and response may have together
 * @param maxOutputTokens how many tokens a response may have
 * @param inputModalities kinds of content that the model accepts
 * @param outputModalities kinds of content that the model produces
 * @param capabilities features that the model supports
 * @param price prices of its tokens, in US dollars per million
 * @param largePrompts prices above given sizes of the prompt
 * @param terms prices that differ for calls with special terms, by the provider's name for the
 *     terms (batch, flex, priority); without an entry the cost of such a call is unknown
 * @param deadlines deadlines that replace those of all providers
 * @param quality how good its responses are, from 0 to 1, for calls with a quality target
 */
public record ModelEntry(
    @Range(min = 1, max = 1_000_000_000) Optional<Integer> contextLength,
    @Range(min = 1, max = 1_000_000_000) Optional<Integer> maxOutputTokens,
    List<Modality> inputModalities,
    List<Modality> outputModalities,
    List<Capability> capabilities,
    TokenPrices price,
    List<LargePrompt> largePrompts,
    Map<String, TokenPrices> terms,
    DeadlineOverrides deadlines,
    @Range(min = 0, max = 1) Optional<Double> quality) {

  /**
   * @throws IllegalArgumentException if prices are incomplete, or sizes of prompts are not
   *     ascending
   */
  public ModelEntry {
    inputModalities = List.copyOf(inputModalities);
    outputModalities = List.copyOf(outputModalities);
    capabilities = List.copyOf(capabilities);
    largePrompts = List.copyOf(largePrompts);
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    if (price.input().isPresent() != price.output().isPresent()) {
      throw new IllegalArgumentException("price must have both input and output; 0 means free");
    }
    boolean more = !largePrompts.isEmpty() || !terms.isEmpty() || !price.given().isEmpty();
    if (price.input().isEmpty() && more) {
      throw new IllegalArgumentException("a price with input and output is required");
    }
    requireAscending(largePrompts);
  }

  private static void requireAscending(List<LargePrompt> largePrompts) {
    for (int i = 1; i < largePrompts.size(); i++) {
      if (largePrompts.get(i).above() <= largePrompts.get(i - 1).above()) {
        throw new IllegalArgumentException("largePrompts must have ascending values of above");
      }
    }
  }

  /** Nothing set. */
  public static ModelEntry defaults() {
    return new ModelEntry(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        TokenPrices.defaults(),
        List.of(),
        Map.of(),
        DeadlineOverrides.defaults(),
        Optional.empty());
  }

  /** Whether it has a price. */
  public boolean priced() {
    return price.input().isPresent();
  }
}
