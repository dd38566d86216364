package dev.serai.config.catalogue;

import dev.serai.config.provider.ModelSettings;
import dev.serai.core.chat.Usage;
import java.util.Optional;

/**
 * What the tokens of a model cost. Tokens read from or written to a cache cost the input price
 * unless they have a price of their own. Immutable.
 */
record Price(Rate input, Rate cached, Rate cacheWrite, Rate output) {
  private static final long PICO_PER_NANO = 1000;

  static Optional<Price> of(ModelSettings model) {
    return model
        .costPerInput()
        .map(
            input ->
                new Price(
                    Rate.flat(input),
                    Rate.flat(model.costPerCachedInput().orElse(input)),
                    Rate.flat(model.costPerCacheWrite().orElse(input)),
                    Rate.flat(model.costPerOutput().orElseThrow())));
  }

  /**
   * The cost in nano US dollars: summed exactly, then rounded half up.
   *
   * @param usage with less than {@link SettingsCatalogue#MOST_TOKENS} of each kind
   */
  long nanoUsd(Usage usage) {
    long size = usage.input();
    long read = Math.min(usage.cached(), size);
    long wrote = Math.min(usage.cacheWritten(), size - read);
    long pico =
        (size - read - wrote) * input.at(size)
            + read * cached.at(size)
            + wrote * cacheWrite.at(size)
            + usage.output() * output.at(size);
    return (pico + PICO_PER_NANO / 2) / PICO_PER_NANO;
  }
}
