package dev.serai.config.models;

import dev.serai.config.read.Range;
import dev.serai.config.read.Required;

/**
 * What all tokens of a call cost when its prompt is large.
 *
 * @param above the prompt has more tokens than that
 * @param price what differs; the others stay as they are for smaller prompts
 */
public record LargePrompt(
    @Required @Range(min = 1, max = 100_000_000) int above, @Required TokenPrices price) {
  /** Still to be filled. */
  public static LargePrompt defaults() {
    return new LargePrompt(1, TokenPrices.defaults());
  }
}
