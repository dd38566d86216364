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
 * Sends traces to an OpenTelemetry receiver: one span per request and one per attempt. Open it only
 * if {@link TracingSettings#on}, since it loads the SDK; bind it before routes are added.
 * Thread-safe.
 */
public final class Tracing implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SdkTracerProvider provider;
  private final EdgeTracer tracer;

  /**
   * Starts the thread of the exporter; nothing is sent yet.
   *
   * @throws IllegalArgumentException if the protocol is gRPC or a certificate cannot be read
   */
  public Tracing(TracingSettings settings, InstantSource clock) {
    LongSupplier randomness = () -> ThreadLocalRandom.current().nextLong();
    provider = TraceExport.provider(settings);
    TracedCall.Recorder recorder =
        new TracedCall.Recorder(
            provider.get("dev.serai"), clock, settings.captureContent(), settings.semconv());
    tracer = new EdgeTracer(recorder, new SamplingRule(settings, randomness), randomness);
  }

  /** Traces the routes that callers reach; bind it in Camel's registry before Camel starts. */
  public RoutePolicyFactory tracer() {
    return tracer;
  }

  /** Sends the waiting spans and stops; waits at most five seconds. Not for an event loop. */
  @Override
  public void close() {
    provider.shutdown().join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
