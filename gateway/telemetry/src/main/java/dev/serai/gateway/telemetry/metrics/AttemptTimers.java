package dev.serai.gateway.telemetry.metrics;

import dev.serai.core.call.Attempt;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Records how long attempts take, and how long their first chunk takes. Thread-safe. */
final class AttemptTimers {
  private final MetersByError<Timer> duration;
  private final Timer firstChunk;

  AttemptTimers(String duration, String firstChunk, Tags tags, MeterRegistry registry) {
    this.duration = MetersByError.timer(duration, Buckets.operation(), tags, registry);
    this.firstChunk =
        Timer.builder(firstChunk)
            .description("Time to the first chunk of a streamed attempt")
            .serviceLevelObjectives(Buckets.firstToken())
            .tags(tags)
            .register(registry);
  }

  /** Records an attempt as {@link AttemptMeters#ended} does. */
  void ended(Attempt attempt, boolean streamed, String errorType) {
    duration.of(errorType).record(AttemptMeters.nanosOf(attempt), TimeUnit.NANOSECONDS);
    if (streamed && attempt.firstTokenNanos() != 0) {
      firstChunk.record(attempt.firstTokenNanos() - attempt.readyNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
