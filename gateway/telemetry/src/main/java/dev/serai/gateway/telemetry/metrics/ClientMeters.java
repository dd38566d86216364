package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.call.Attempt;
import dev.serai.core.chat.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;

/**
 * Records attempts as semantic conventions 1.41 do ("Generative AI client metrics"). Thread-safe.
 */
final class ClientMeters implements AttemptMeters {
  static final String DURATION = "gen_ai.client.operation.duration";

  private final AttemptTimers timers;
  private final DistributionSummary input;
  private final DistributionSummary output;

  ClientMeters(Tags tags, MeterRegistry registry) {
    timers =
        new AttemptTimers(DURATION, "gen_ai.client.operation.time_to_first_chunk", tags, registry);
    input = usage(tags.and("gen_ai.token.type", "input"), registry);
    output = usage(tags.and("gen_ai.token.type", "output"), registry);
  }

  @Override
  public void ended(Attempt attempt, boolean streamed, String errorType) {
    timers.ended(attempt, streamed, errorType);
    Optional<Usage> usage = attempt.usage();
    if (usage.isPresent()) {
      input.record(usage.get().input());
      output.record(usage.get().output());
    }
  }

  private static DistributionSummary usage(Tags tags, MeterRegistry registry) {
    return DistributionSummary.builder("gen_ai.client.token.usage")
        .description("Tokens of an attempt, as the provider counted them")
        .serviceLevelObjectives(Buckets.tokens())
        .tags(tags)
        .register(registry);
  }
}
