package dev.serai.gateway.telemetry.metrics;

import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.call.Attempt;
import dev.serai.core.chat.Usage;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.Candidate;
import dev.serai.gateway.telemetry.CallFacts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records attempts at one model of one provider, in meters that are looked up once. Thread-safe.
 */
final class ModelMeters {
  private final MeterRegistry registry;
  private final Tags own;
  private final AttemptMeters[] conventions;
  private final Timer firstToken;
  private final Timer perToken;
  private final Counter inputTokens;
  private final Counter outputTokens;
  private final Counter cachedTokens;
  private final Counter cacheWriteTokens;
  private final Counter reasoningTokens;

  /** Absent until an attempt has a known price: no cost is not a cost of 0. */
  private volatile @Nullable Counter costUsd;

  ModelMeters(MeterRegistry registry, Semconv semconv, Operation operation, Candidate candidate) {
    this.registry = registry;
    String provider = candidate.provider();
    String model = candidate.model();
    Tags genAi =
        Tags.of(
            "gen_ai.operation.name", operation.label(),
            "gen_ai.provider.name", provider,
            "gen_ai.request.model", model);
    own = Tags.of("provider", provider, "model", model);
    conventions = Conventions.of(semconv, operation, genAi, registry);
    firstToken =
        timer("time_to_first_token", "Time to the first token of a streamed attempt", genAi)
            .serviceLevelObjectives(Buckets.firstToken())
            .register(registry);
    perToken =
        timer("time_per_output_token", "Time per token after the first one", genAi)
            .serviceLevelObjectives(Buckets.perToken())
            .register(registry);
    inputTokens = tokens(own.and("kind", "input"), registry);
    outputTokens = tokens(own.and("kind", "output"), registry);
    cachedTokens = tokens(own.and("kind", "cached"), registry);
    cacheWriteTokens = tokens(own.and("kind", "cache_write"), registry);
    reasoningTokens = tokens(own.and("kind", "reasoning"), registry);
  }

  /** Records an attempt that has ended. */
  void ended(Attempt attempt, boolean streamed) {
    String errorType = attempt.problem().map(CallFacts::errorType).orElse("");
    for (AttemptMeters meters : conventions) {
      meters.ended(attempt, streamed, errorType);
    }
    if (streamed && attempt.firstTokenNanos() != 0) {
      firstToken.record(attempt.firstTokenNanos() - attempt.readyNanos(), TimeUnit.NANOSECONDS);
      recordPace(attempt);
    }
    Optional<Usage> usage = attempt.usage();
    if (usage.isPresent()) {
      count(usage.get());
    }
  }

  /** Records estimated usage; looked up each time, since few providers report no usage. */
  void estimated(Usage usage, OptionalLong nanoUsd) {
    tokens(own.and("kind", "estimated_input"), registry).increment(usage.input());
    tokens(own.and("kind", "estimated_output"), registry).increment(usage.output());
    nanoUsd.ifPresent(this::cost);
  }

  void cost(long nanoUsd) {
    Counter known = costUsd;
    if (known == null) {
      known =
          Counter.builder("llm.cost.usd")
              .description("Cost of attempts in US dollars, where the price is known")
              .tags(own)
              .register(registry);
      costUsd = known;
    }
    known.increment(nanoUsd / 1e9);
  }

  /** The time per token after the first one. */
  private void recordPace(Attempt attempt) {
    long tokens = attempt.usage().map(Usage::output).orElse(0L);
    if (tokens > 1
        && attempt.operation() != Operation.REALTIME) { // a realtime session waits for its client
      long nanos = attempt.endNanos() - attempt.firstTokenNanos();
      perToken.record(nanos / (tokens - 1), TimeUnit.NANOSECONDS);
    }
  }

  private void count(Usage usage) {
    inputTokens.increment(usage.input());
    outputTokens.increment(usage.output());
    if (usage.cached() != 0) {
      cachedTokens.increment(usage.cached());
    }
    if (usage.cacheWritten() != 0) {
      cacheWriteTokens.increment(usage.cacheWritten());
    }
    if (usage.reasoning() != 0) {
      reasoningTokens.increment(usage.reasoning());
    }
  }

  private static Timer.Builder timer(String name, String description, Tags tags) {
    return Timer.builder("gen_ai.server." + name).description(description).tags(tags);
  }

  private static Counter tokens(Tags tags, MeterRegistry registry) {
    return Counter.builder("llm.tokens")
        .description(
            "Tokens of attempts; cached tokens are part of input, reasoning tokens of output")
        .tags(tags)
        .register(registry);
  }
}
