package dev.serai.config.upstream;

import dev.serai.core.time.DurationFaults;
import java.time.Duration;

/**
 * Lists of models that Serai fetches from the providers.
 *
 * @param enabled whether lists of models are fetched
 * @param every time between two fetches from one provider, plus or minus 10 %
 */
public record ModelListSettings(boolean enabled, Duration every) {
  /**
   * @throws IllegalArgumentException if the interval is below one second
   */
  public ModelListSettings {
    new DurationFaults().atLeast("every", every, Duration.ofSeconds(1)).throwIfAny();
  }

  /** Every hour. */
  public static ModelListSettings defaults() {
    return new ModelListSettings(true, Duration.ofHours(1));
  }
}
