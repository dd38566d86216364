package dev.serai.gateway.telemetry.metrics;

import dev.serai.gateway.telemetry.RequestMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Measures how long requests take at the edge: {@code http.server.request.duration} of the
 * OpenTelemetry HTTP semantic conventions 1.41. The timers are in tables by method and status, so
 * that a request finds its timer by index and allocates nothing. Thread-safe.
 */
public final class HttpMeters implements RequestMeters {
  /** The name that the conventions give to an unknown method. */
  private static final String OTHER = "_OTHER";

  private static final List<String> METHODS =
      List.of("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT");

  private static final int STATUSES = 600;

  private final MeterRegistry registry;

  public HttpMeters(Metrics metrics) {
    registry = metrics.registry();
  }

  @Override
  public RouteMeter of(String route) {
    return new Table(registry, route);
  }

  private static final class Table implements RouteMeter {
    private final MeterRegistry registry;
    private final String route;

    /** By method, then by status; created at the first request. */
    private final AtomicReferenceArray<AtomicReferenceArray<Timer>> timers =
        new AtomicReferenceArray<>(METHODS.size() + 1);

    Table(MeterRegistry registry, String route) {
      this.registry = registry;
      this.route = route;
    }

    @Override
    public void ended(String method, int status, long nanos) {
      int row = METHODS.indexOf(method);
      int known = row < 0 ? METHODS.size() : row;
      AtomicReferenceArray<Timer> byStatus = timers.get(known);
      if (byStatus == null) {
        // Two threads may both create a row; the registry returns the same timers to both.
        byStatus = new AtomicReferenceArray<>(STATUSES);
        timers.set(known, byStatus);
      }
      Timer timer = byStatus.get(status);
      if (timer == null) {
        timer = timer(row < 0 ? OTHER : method, status);
        byStatus.set(status, timer);
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String method, int status) {
      return Timer.builder("http.server.request.duration")
          .description("Time from the head of a request until the reply was written to the socket")
          .serviceLevelObjectives(Buckets.http())
          .tag("http.request.method", method)
          .tag("http.response.status_code", Integer.toString(status))
          .tag("http.route", route)
          .register(registry);
    }
  }
}
