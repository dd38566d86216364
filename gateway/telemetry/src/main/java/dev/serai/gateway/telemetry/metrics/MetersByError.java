package dev.serai.gateway.telemetry.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Function;

/**
 * One meter, told apart by how attempts failed: that of those that did not fail is at hand; those
 * of failures are found anew each time, since they are few and of many kinds. Thread-safe.
 */
final class MetersByError<M> {
  private final Function<String, M> byError;
  private final M usual;

  private MetersByError(Function<String, M> byError) {
    this.byError = byError;
    this.usual = byError.apply("");
  }

  static MetersByError<Timer> timer(
      String name, Duration[] bounds, Tags tags, MeterRegistry registry) {
    return new MetersByError<>(
        error ->
            Timer.builder(name)
                .serviceLevelObjectives(bounds)
                .tags(tags.and("error.type", error))
                .register(registry));
  }

  static MetersByError<DistributionSummary> tokens(String name, Tags tags, MeterRegistry registry) {
    return new MetersByError<>(
        error ->
            DistributionSummary.builder(name)
                .serviceLevelObjectives(Buckets.tokens())
                .tags(tags.and("error.type", error))
                .register(registry));
  }

  /**
   * @param errorType empty for an attempt that did not fail
   */
  M of(String errorType) {
    return errorType.isEmpty() ? usual : byError.apply(errorType);
  }
}
