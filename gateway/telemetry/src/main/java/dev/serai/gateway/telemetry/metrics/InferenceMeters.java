package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.call.Attempt;
import dev.serai.core.chat.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Records chat attempts as the GenAI conventions after 1.41 do ("client inference" and "inference
 * token metrics", as of autumn 2026). A failed attempt counts with the tokens that the provider
 * reported, or with 0. Thread-safe.
 */
final class InferenceMeters implements AttemptMeters {
  private static final String CLIENT = "gen_ai.client.inference.";
  private static final Usage NONE = Usage.of(0, 0);

  private final MeterRegistry registry;
  private final Tags tags;
  private final AttemptTimers timers;
  private final MetersByError<DistributionSummary> inputs;
  private final MetersByError<DistributionSummary> outputs;
  private final Counter input;
  private final Counter output;
  private final Counter cacheRead;
  private final Counter cacheWrite;
  private final Counter reasoning;

  InferenceMeters(Tags tags, MeterRegistry registry) {
    this.registry = registry;
    this.tags = tags;
    timers = new AttemptTimers(CLIENT + "duration", CLIENT + "time_to_first_chunk", tags, registry);
    inputs = MetersByError.tokens(CLIENT + "operation.input_tokens", tags, registry);
    outputs = MetersByError.tokens(CLIENT + "operation.output_tokens", tags, registry);
    input = used("input_tokens", "unknown");
    output = used("output_tokens", "unknown");
    cacheRead = used("cache_read.input_tokens", "unknown");
    cacheWrite = used("cache_write.input_tokens", "unknown");
    reasoning = used("reasoning.output_tokens", "unknown");
  }

  @Override
  public void ended(Attempt attempt, boolean streamed, String errorType) {
    timers.ended(attempt, streamed, errorType);
    Usage usage = attempt.usage().orElse(NONE);
    inputs.of(errorType).record(usage.input());
    outputs.of(errorType).record(usage.output());
    count(usage);
  }

  private void count(Usage usage) {
    input.increment(usage.input() - usage.audioInput());
    output.increment(usage.output() - usage.audioOutput());
    cacheRead.increment(usage.cached());
    cacheWrite.increment(usage.cacheWritten());
    reasoning.increment(usage.reasoning());
    if ((usage.audioInput() | usage.audioOutput()) != 0) {
      used("input_tokens", "audio").increment(usage.audioInput());
      used("output_tokens", "audio").increment(usage.audioOutput());
    }
  }

  /**
   * @param modality the kind of content that the tokens encode, or "unknown"
   */
  private Counter used(String what, String modality) {
    return Counter.builder(CLIENT + "usage." + what)
        .description("Tokens of attempts, as the providers counted them")
        .tags(tags.and("gen_ai.token.modality", modality))
        .register(registry);
  }
}
