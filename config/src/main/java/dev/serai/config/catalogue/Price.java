package dev.serai.config.catalogue;

import dev.serai.config.provider.ModelSettings;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.Charge;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Computes the cost of a call from the rates of a model. A kind of token without a rate of its own
 * has the rate of the kind that it is part of. Immutable.
 *
 * @param input rate of prompt tokens
 * @param cached rate of prompt tokens read from a cache
 * @param cacheWrite rate of prompt tokens written to a cache
 * @param cacheWriteHour rate of prompt tokens written to a cache for an hour
 * @param audioInput rate of audio tokens of the prompt
 * @param audioCached whether audio read from a cache has a rate of its own; usage does not report
 *     these tokens, so the cost of such a call is unknown
 * @param output rate of response tokens
 * @param reasoning rate of reasoning tokens
 * @param audioOutput rate of audio tokens of the response
 */
record Price(
    Rate input,
    Rate cached,
    Rate cacheWrite,
    Rate cacheWriteHour,
    Rate audioInput,
    boolean audioCached,
    Rate output,
    Rate reasoning,
    Rate audioOutput) {
  private static final long PICO_PER_NANO = 1000;

  static Optional<Price> of(ModelSettings model) {
    Map<String, Rate> rates = new HashMap<>();
    model.costPerInput().ifPresent(usd -> rates.put("input", Rate.flat(usd)));
    model.costPerOutput().ifPresent(usd -> rates.put("output", Rate.flat(usd)));
    model.costPerCachedInput().ifPresent(usd -> rates.put("cached", Rate.flat(usd)));
    model.costPerCacheWrite().ifPresent(usd -> rates.put("cache_write", Rate.flat(usd)));
    return rates.isEmpty() ? Optional.empty() : Optional.of(of(rates));
  }

  /**
   * A price from rates by the names in the built-in data.
   *
   * @throws IllegalStateException if input or output has no rate
   */
  static Price of(Map<String, Rate> rates) {
    Rate input = rates.get("input");
    Rate output = rates.get("output");
    if (input == null || output == null) {
      throw new IllegalStateException("a price in the built-in data has no input or no output");
    }
    Rate cacheWrite = rates.getOrDefault("cache_write", input);
    return new Price(
        input,
        rates.getOrDefault("cached", input),
        cacheWrite,
        rates.getOrDefault("cache_write_1h", cacheWrite),
        rates.getOrDefault("audio_input", input),
        rates.containsKey("audio_cached"),
        output,
        rates.getOrDefault("reasoning", output),
        rates.getOrDefault("audio_output", output));
  }

  /** US dollars per token for a short prompt: input, output and the parts with other rates. */
  Map<Charge, BigDecimal> usdPerToken() {
    Map<Charge, BigDecimal> usd = new EnumMap<>(Charge.class);
    usd.put(Charge.INPUT, input.usdPerToken());
    usd.put(Charge.OUTPUT, output.usdPerToken());
    part(usd, Charge.CACHED_INPUT, cached, input);
    part(usd, Charge.CACHE_WRITE, cacheWrite, input);
    part(usd, Charge.CACHE_WRITE_HOUR, cacheWriteHour, cacheWrite);
    part(usd, Charge.REASONING, reasoning, output);
    part(usd, Charge.AUDIO_INPUT, audioInput, input);
    part(usd, Charge.AUDIO_OUTPUT, audioOutput, output);
    return usd;
  }

  private static void part(Map<Charge, BigDecimal> usd, Charge charge, Rate rate, Rate whole) {
    if (rate.at(0) != whole.at(0)) {
      usd.put(charge, rate.usdPerToken());
    }
  }

  /** Whether the cost can be computed from this usage. */
  boolean covers(Usage usage) {
    return !audioCached || usage.cached() == 0 || usage.audioInput() == 0;
  }

  /**
   * The cost in nano US dollars: summed exactly, then rounded half up.
   *
   * @param usage with less than {@link Usage#MAX_TOKENS} of each kind
   */
  long nanoUsd(Usage usage) {
    long size = usage.input();
    long pico = input(usage, size) + output(usage, size);
    return (pico + PICO_PER_NANO / 2) / PICO_PER_NANO;
  }

  private long input(Usage usage, long size) {
    long read = Math.min(usage.cached(), size);
    long wrote = Math.min(usage.cacheWritten(), size - read);
    long hour = Math.min(usage.cacheWrittenHour(), wrote);
    long audio = Math.min(usage.audioInput(), size - read - wrote);
    return (size - read - wrote - audio) * input.at(size)
        + read * cached.at(size)
        + (wrote - hour) * cacheWrite.at(size)
        + hour * cacheWriteHour.at(size)
        + audio * audioInput.at(size);
  }

  private long output(Usage usage, long size) {
    long reasoned = Math.min(usage.reasoning(), usage.output());
    long audio = Math.min(usage.audioOutput(), usage.output() - reasoned);
    return (usage.output() - reasoned - audio) * output.at(size)
        + reasoned * reasoning.at(size)
        + audio * audioOutput.at(size);
  }
}
