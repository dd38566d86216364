package dev.serai.gateway.wiring;

import dev.serai.config.telemetry.TracingSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.usage.UsageRecord;
import dev.serai.gateway.telemetry.log.Logging;
import dev.serai.gateway.telemetry.log.RequestLog;
import dev.serai.gateway.telemetry.metrics.CallMetrics;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.gateway.telemetry.trace.Tracing;
import dev.serai.processors.service.WriteMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Counts, traces and logs calls, and serves the metrics of all features. */
final class TelemetryFeature implements Feature {
  private static final int MAX_MODELS = 500;

  private final SharedParts shared;
  private final Optional<Tracing> tracing;
  private final CallMetrics callMetrics;
  private final RequestLog requestLog;
  private final Queue<Runnable> beforeScrape = new ConcurrentLinkedQueue<>();

  /**
   * Begins to trace if the settings say so.
   *
   * @throws IllegalArgumentException if the address for trace exports is not valid
   */
  TelemetryFeature(SharedParts shared, Logging logging) {
    this.shared = shared;
    TracingSettings settings = shared.settings().tracing();
    tracing = settings.on() ? Optional.of(new Tracing(settings, shared.clock())) : Optional.empty();
    Metrics metrics = shared.metrics();
    callMetrics = new CallMetrics(metrics, shared.catalogue(), settings.semconv(), MAX_MODELS);
    requestLog = logging.requestLog(shared.catalogue());
    ThreadFailures.meter(shared.threads(), metrics);
    metrics.counter("serai.log.lines.dropped", "Log lines lost", Map.of(), logging::droppedLines);
  }

  /** Runs {@code refresh} before each scrape of the metrics. */
  void beforeScrape(Runnable refresh) {
    beforeScrape.add(refresh);
  }

  /** Counts usage that was estimated because the provider did not report it. */
  Consumer<UsageRecord> estimates() {
    return callMetrics::estimated;
  }

  /** Counts the problems that callers are shown. */
  ProblemListener problems() {
    return callMetrics;
  }

  @Override
  public Map<String, Object> beans() {
    Map<String, Object> beans = new LinkedHashMap<>();
    beans.put("write-metrics", new WriteMetrics(this::scrape, shared.loops()));
    tracing.ifPresent(on -> beans.put("tracer", on.tracer()));
    return beans;
  }

  private byte[] scrape() {
    beforeScrape.forEach(Runnable::run);
    return shared.metrics().scrape();
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(callMetrics, requestLog);
  }

  @Override
  public void close() {
    tracing.ifPresent(Tracing::close);
  }
}
