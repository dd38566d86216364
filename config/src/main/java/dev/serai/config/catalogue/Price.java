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
 * What the tokens of a model cost. What has no price of its own has that of what it is a part of.
 * Immutable.
 *
 * @param input tokens of the prompt
 * @param cached of them, read from a cache
 * @param cacheWrite of them, written to a cache
 * @param cacheWriteHour of those, to be kept for an hour
 * @param audioInput of the prompt, sound
 * @param audioCached whether sound that was read from a cache has a price of its own, which a count
 *     that does not tell it apart leaves unknown
 * @param output tokens of the answer
 * @param reasoning of them, reasoning
 * @param audioOutput of the answer, sound
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
   * By the names of the vendored data.
   *
   * @throws IllegalStateException if input or output has no price
   */
  static Price of(Map<String, Rate> rates) {
    Rate input = rates.get("input");
    Rate output = rates.get("output");
    if (input == null || output == null) {
      throw new IllegalStateException("the price data has a price without input or output");
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

  /** US dollars a token, for a short prompt: input and output, and the parts priced otherwise. */
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

  /** Whether a count of these kinds tells the cost. */
  boolean tells(Usage usage) {
    return !audioCached || usage.cached() == 0 || usage.audioInput() == 0;
  }

  /**
   * The cost in nano US dollars: summed exactly, then rounded half up.
   *
   * @param usage with less than {@link SettingsCatalogue#MOST_TOKENS} of each kind
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
    long sound = Math.min(usage.audioInput(), size - read - wrote);
    return (size - read - wrote - sound) * input.at(size)
        + read * cached.at(size)
        + (wrote - hour) * cacheWrite.at(size)
        + hour * cacheWriteHour.at(size)
        + sound * audioInput.at(size);
  }

  private long output(Usage usage, long size) {
    long thought = Math.min(usage.reasoning(), usage.output());
    long sound = Math.min(usage.audioOutput(), usage.output() - thought);
    return (usage.output() - thought - sound) * output.at(size)
        + thought * reasoning.at(size)
        + sound * audioOutput.at(size);
  }
}
