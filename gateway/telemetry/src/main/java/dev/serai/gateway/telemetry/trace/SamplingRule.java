package dev.serai.gateway.telemetry.trace;

import dev.serai.config.telemetry.TracingSettings;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides which requests are traced, before anything is made for their traces: so a request that is
 * not traced costs next to nothing. The rules are OpenTelemetry's own samplers (SDK specification,
 * "Built-in samplers"). Thread-safe if its source of randomness is.
 */
final class SamplingRule {
  private final boolean heedsParent;
  private final double ratio;
  private final LongSupplier randomness;

  /**
   * @param randomness 64 random bits a call
   */
  SamplingRule(TracingSettings settings, LongSupplier randomness) {
    this.randomness = randomness;
    this.heedsParent =
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
   * @param traceparent what the caller sent, if it is well formed
   */
  boolean samples(Optional<Traceparent> traceparent) {
    if (traceparent.isPresent() && heedsParent) {
      return traceparent.get().sampled();
    }
    if (ratio >= 1 || ratio <= 0) {
      return ratio >= 1;
    }
    // Everyone on the way decides by the trace's id, and so decides alike.
    long bits = traceparent.map(Traceparent::idBits).orElseGet(randomness::getAsLong);
    return (bits & Long.MAX_VALUE) < (long) (ratio * Long.MAX_VALUE);
  }
}
