package dev.serai.config.models;

import dev.serai.config.annotation.Range;
import dev.serai.config.annotation.Required;

/**
 * The prices of all tokens of a call with a large prompt.
 *
 * @param above the prices apply if the prompt has more tokens than this
 * @param price prices that differ from those of smaller prompts
 */
public record LargePrompt(
    @Required @Range(min = 1, max = 100_000_000) int above, @Required TokenPrices price) {
  /** Without prices, which must be set. */
  public static LargePrompt defaults() {
    return new LargePrompt(1, TokenPrices.defaults());
  }
}
