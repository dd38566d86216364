package dev.serai.config.models;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Prices in US dollars per million tokens; 0 means free. Cached and written tokens and sound are
 * part of the input, reasoning and sound part of the output: what has no price of its own has that
 * of what it is part of.
 *
 * @param input tokens of the prompt
 * @param output tokens of the answer
 * @param cachedInput tokens of the prompt that were read from a cache
 * @param cacheWrite tokens of the prompt that were written to a cache
 * @param cacheWriteHour tokens of the prompt that were written to be kept for an hour
 * @param reasoning tokens of the answer that were reasoning
 * @param audioInput tokens of the prompt that were sound
 * @param audioOutput tokens of the answer that were sound
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

  /** None. */
  public static TokenPrices defaults() {
    Optional<BigDecimal> none = Optional.empty();
    return new TokenPrices(none, none, none, none, none, none, none, none);
  }

  /** Those that are given, by the names of the vendored prices. */
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
