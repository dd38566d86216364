package dev.serai.config.models;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices in US dollars per million tokens; 0 means free. Tokens of the cache and of audio are part
 * of the input, tokens of reasoning and audio part of the output. A part without a price of its own
 * has the price of the whole.
 *
 * @param input price of tokens of the prompt
 * @param output price of tokens of the response
 * @param cachedInput price of prompt tokens that were read from a cache
 * @param cacheWrite price of prompt tokens that were written to a cache
 * @param cacheWriteHour price of prompt tokens that were written to a cache for an hour
 * @param reasoning price of reasoning tokens
 * @param audioInput price of audio tokens of the prompt
 * @param audioOutput price of audio tokens of the response
 */
public record TokenPrices(
    Optional<BigDecimal> input,
    Optional<BigDecimal> output,
    Optional<BigDecimal> cachedInput,
    Optional<BigDecimal> cacheWrite,
    Optional<BigDecimal> cacheWriteHour,
    Optional<BigDecimal> reasoning,
    Optional<BigDecimal> audioInput,
    Optional<BigDecimal> audioOutput) {

  /** No prices. */
  public static TokenPrices defaults() {
    Optional<BigDecimal> none = Optional.empty();
    return new TokenPrices(none, none, none, none, none, none, none, none);
  }

  /** The prices that are set, by the names in the built-in data. */
  public Map<String, BigDecimal> given() {
    Map<String, BigDecimal> given = new LinkedHashMap<>();
    input.ifPresent(usd -> given.put("input", usd));
    output.ifPresent(usd -> given.put("output", usd));
    cachedInput.ifPresent(usd -> given.put("cached", usd));
    cacheWrite.ifPresent(usd -> given.put("cache_write", usd));
    cacheWriteHour.ifPresent(usd -> given.put("cache_write_1h", usd));
    reasoning.ifPresent(usd -> given.put("reasoning", usd));
    audioInput.ifPresent(usd -> given.put("audio_input", usd));
    audioOutput.ifPresent(usd -> given.put("audio_output", usd));
    return given;
  }
}
