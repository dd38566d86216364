package dev.serai.gateway.telemetry.trace;

import dev.serai.config.telemetry.TracingSettings;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides which requests are traced, before any object of a trace is created, so that a request
 * that is not traced costs almost nothing. The rules are OpenTelemetry's built-in samplers (SDK
 * specification, "Built-in samplers"). Thread-safe if its source of randomness is.
 */
final class SamplingRule {
  private final boolean followsParent;
  private final double ratio;
  private final LongSupplier randomness;

  /**
   * @param randomness returns 64 random bits per call
   */
  SamplingRule(TracingSettings settings, LongSupplier randomness) {
    this.randomness = randomness;
    this.followsParent =
        switch (settings.sampler()) {
          case PARENTBASED_ALWAYS_ON, PARENTBASED_ALWAYS_OFF, PARENTBASED_TRACEIDRATIO -> true;
          case ALWAYS_ON, ALWAYS_OFF, TRACEIDRATIO -> false;
        };
    this.ratio =
        switch (settings.sampler()) {
          case ALWAYS_ON, PARENTBASED_ALWAYS_ON -> 1;
          case ALWAYS_OFF, PARENTBASED_ALWAYS_OFF -> 0;
          case TRACEIDRATIO, PARENTBASED_TRACEIDRATIO -> settings.sampleRatio();
        };
  }

  /**
   * Whether a request is traced.
   *
   * @param traceparent the header of the caller, if it is well formed
   */
  boolean samples(Optional<Traceparent> traceparent) {
    if (traceparent.isPresent() && followsParent) {
      return traceparent.get().sampled();
    }
    if (ratio >= 1 || ratio <= 0) {
      return ratio >= 1;
    }
    // Every service decides by the id of the trace, so that all decide alike.
    long bits = traceparent.map(Traceparent::idBits).orElseGet(randomness::getAsLong);
    return (bits & Long.MAX_VALUE) < (long) (ratio * Long.MAX_VALUE);
  }
}
