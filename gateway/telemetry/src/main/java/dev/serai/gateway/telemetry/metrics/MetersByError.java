package dev.serai.gateway.telemetry.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Function;

/**
 * Holds one meter per {@code error.type}. The meter of successful attempts is cached; those of
 * failures are looked up in the registry each time, since failures are rare. Thread-safe.
 */
final class MetersByError<M> {
  private final Function<String, M> byError;
  private final M success;

  private MetersByError(Function<String, M> byError) {
    this.byError = byError;
    this.success = byError.apply("");
  }

  static MetersByError<Timer> timer(
      String name, Duration[] bounds, Tags tags, MeterRegistry registry) {
    return new MetersByError<>(
        error ->
            Timer.builder(name)
                .description("Time from the start of an attempt to its end")
                .serviceLevelObjectives(bounds)
                .tags(tags.and("error.type", error))
                .register(registry));
  }

  static MetersByError<DistributionSummary> tokens(String name, Tags tags, MeterRegistry registry) {
    return new MetersByError<>(
        error ->
            DistributionSummary.builder(name)
                .description("Tokens of an attempt, as the provider counted them")
                .serviceLevelObjectives(Buckets.tokens())
                .tags(tags.and("error.type", error))
                .register(registry));
  }

  /**
   * @param errorType empty for an attempt that succeeded
   */
  M of(String errorType) {
    return errorType.isEmpty() ? success : byError.apply(errorType);
  }
}
