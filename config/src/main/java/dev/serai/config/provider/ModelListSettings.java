package dev.serai.config.provider;

import java.time.Duration;

/**
 * Lists of models that are fetched from the providers.
 *
 * @param enabled whether they are fetched; nothing but their addresses is asked
 * @param every time between two fetches from one provider, give or take a tenth
 */
public record ModelListSettings(boolean enabled, Duration every) {
  public ModelListSettings {
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("every must be a second or more");
    }
  }

  /** Every hour. */
  public static ModelListSettings defaults() {
    return new ModelListSettings(true, Duration.ofHours(1));
  }
}
