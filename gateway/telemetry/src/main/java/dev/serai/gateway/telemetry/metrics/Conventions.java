package dev.serai.gateway.telemetry.metrics;

import dev.serai.config.telemetry.TracingSettings.Semconv;
import dev.serai.core.request.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Chooses the meters of attempts by the version of OpenTelemetry's GenAI conventions: 1.41, the
 * last of the common repository, or the later ones of the GenAI repository.
 */
final class Conventions {
  private Conventions() {}

  /** The meters of one operation at one model. */
  static AttemptMeters[] of(
      Semconv semconv, Operation operation, Tags tags, MeterRegistry registry) {
    List<AttemptMeters> meters = new ArrayList<>(2);
    if (semconv.writesV141()) {
      meters.add(new ClientMeters(tags, registry));
    }
    // All other operations have meters of the same name in both versions.
    boolean renamed = operation == Operation.CHAT || operation == Operation.EMBEDDINGS;
    if (semconv.writesLatest() && (renamed || !semconv.writesV141())) {
      meters.add(latest(operation, tags, registry));
    }
    return meters.toArray(new AttemptMeters[0]);
  }

  private static AttemptMeters latest(Operation operation, Tags tags, MeterRegistry registry) {
    return switch (operation) {
      case CHAT -> new InferenceMeters(tags, registry);
      case EMBEDDINGS -> embeddings(tags, registry);
      case IMAGES, AUDIO, MODERATIONS, RERANK, FILES, BATCHES, REALTIME, SHADOW ->
          others(tags, registry);
    };
  }

  private static AttemptMeters embeddings(Tags tags, MeterRegistry registry) {
    MetersByError<Timer> duration =
        MetersByError.timer(
            "gen_ai.client.embeddings.duration", Buckets.operation(), tags, registry);
    var input =
        MetersByError.tokens("gen_ai.client.embeddings.operation.input_tokens", tags, registry);
    return (attempt, _, error) -> {
      duration.of(error).record(AttemptMeters.nanosOf(attempt), TimeUnit.NANOSECONDS);
      attempt.usage().ifPresent(usage -> input.of(error).record(usage.input()));
    };
  }

  private static AttemptMeters others(Tags tags, MeterRegistry registry) {
    MetersByError<Timer> duration =
        MetersByError.timer(ClientMeters.DURATION, Buckets.operation(), tags, registry);
    return (attempt, _, error) ->
        duration.of(error).record(AttemptMeters.nanosOf(attempt), TimeUnit.NANOSECONDS);
  }
}
