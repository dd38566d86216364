package dev.serai.gateway.telemetry.trace;

import dev.serai.config.telemetry.TracingSettings;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.spi.RoutePolicyFactory;

/**
 * Traces for an OpenTelemetry receiver: one span for every request, one for every attempt at a
 * provider. To be opened only when {@link TracingSettings#on} says so, so that nobody else pays for
 * loading it; bound before routes are added.
 */
public final class Tracing implements AutoCloseable {
  private static final Duration LAST_EXPORT = Duration.ofSeconds(5);

  private final SdkTracerProvider provider;
  private final EdgeTracer tracer;

  /**
   * Starts the exporter's thread; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the settings ask for what is not offered
   */
  public Tracing(TracingSettings settings, InstantSource clock) {
    LongSupplier randomness = () -> ThreadLocalRandom.current().nextLong();
    provider = TraceExport.provider(settings);
    TracedCall.Recorder recorder =
        new TracedCall.Recorder(
            provider.get("dev.serai"), clock, settings.captureContent(), settings.semconv());
    tracer = new EdgeTracer(recorder, new SamplingRule(settings, randomness), randomness);
  }

  /** Has the routes that face callers traced: to be bound in Camel's registry before it starts. */
  public RoutePolicyFactory tracer() {
    return tracer;
  }

  /** Sends what has gathered and stops; waits for it, but not for ever. Not for an event loop. */
  @Override
  public void close() {
    provider.shutdown().join(LAST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
