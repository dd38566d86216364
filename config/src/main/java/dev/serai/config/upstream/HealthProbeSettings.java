package dev.serai.config.upstream;

import dev.serai.core.time.DurationFaults;
import java.time.Duration;
import java.util.List;

/**
 * Requests that Serai sends to models to learn whether they respond, before a client's call does.
 *
 * @param models the models to probe, as provider/model; each probe costs a few tokens
 * @param every time between two probes of one model, plus or minus 10 %
 */
public record HealthProbeSettings(List<String> models, Duration every) {
  private static final int MAX_MODELS = 100;

  /**
   * @throws IllegalArgumentException if the interval is below one second, there are too many
   *     models, or one is not written with its provider
   */
  public HealthProbeSettings {
    models = List.copyOf(models);
    new DurationFaults()
        .atLeast("every", every, Duration.ofSeconds(1))
        .refuseIf(models.size() > MAX_MODELS, "models has more than " + MAX_MODELS + " entries")
        .throwIfAny();
    models.forEach(HealthProbeSettings::requireQualified);
  }

  private static void requireQualified(String model) {
    int slash = model.indexOf('/');
    if (slash <= 0 || slash == model.length() - 1) {
      throw new IllegalArgumentException(
          "models has an entry that is not written as provider/model: " + model);
    }
  }

  /** No model, every 30 seconds. */
  public static HealthProbeSettings defaults() {
    return new HealthProbeSettings(List.of(), Duration.ofSeconds(30));
  }
}
