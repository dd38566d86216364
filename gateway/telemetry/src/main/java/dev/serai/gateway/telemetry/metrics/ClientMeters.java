package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.call.Attempt;
import dev.serai.core.chat.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * Records attempts as semantic conventions 1.41 do ("Generative AI client metrics"). Thread-safe.
 */
final class ClientMeters implements AttemptMeters {
  static final String DURATION = "gen_ai.client.operation.duration";

  private final MetersByError<Timer> duration;
  private final Timer firstChunk;
  private final DistributionSummary input;
  private final DistributionSummary output;

  ClientMeters(Tags tags, MeterRegistry registry) {
    duration = MetersByError.timer(DURATION, Buckets.operation(), tags, registry);
    firstChunk =
        Timer.builder("gen_ai.client.operation.time_to_first_chunk")
            .description("Time to the first chunk of a streamed attempt")
            .serviceLevelObjectives(Buckets.firstToken())
            .tags(tags)
            .register(registry);
    input = usage(tags.and("gen_ai.token.type", "input"), registry);
    output = usage(tags.and("gen_ai.token.type", "output"), registry);
  }

  @Override
  public void ended(Attempt attempt, boolean streamed, String errorType) {
    duration.of(errorType).record(AttemptMeters.nanosOf(attempt), TimeUnit.NANOSECONDS);
    if (streamed && attempt.firstTokenNanos() != 0) {
      firstChunk.record(attempt.firstTokenNanos() - attempt.startNanos(), TimeUnit.NANOSECONDS);
    }
    Usage usage = attempt.usage().orElse(null);
    if (usage != null) {
      input.record(usage.input());
      output.record(usage.output());
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
