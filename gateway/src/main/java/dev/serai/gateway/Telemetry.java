package dev.serai.gateway;

import dev.serai.adapters.upstream.UpstreamState;
import dev.serai.config.LogSettings;
import dev.serai.config.Settings;
import dev.serai.core.port.CallListener;
import dev.serai.core.port.ModelCatalogue;
import dev.serai.core.port.ProblemListener;
import dev.serai.gateway.edge.EdgeLoad;
import dev.serai.gateway.telemetry.log.AppLog;
import dev.serai.gateway.telemetry.log.LogFormat;
import dev.serai.gateway.telemetry.log.LogSink;
import dev.serai.gateway.telemetry.log.LogStyle;
import dev.serai.gateway.telemetry.log.Redaction;
import dev.serai.gateway.telemetry.log.RequestLog;
import dev.serai.gateway.telemetry.metrics.CallMetrics;
import dev.serai.gateway.telemetry.metrics.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What is written and counted of calls: the log, the request log and the meters. Thread-safe. */
final class Telemetry implements AutoCloseable {
  private static final int WAITING_LINES = 64 * 1024;
  private static final int MOST_MODELS = 500;

  private final LogSink sink;
  private final ModelCatalogue catalogue;
  private final InstantSource clock;
  private final Metrics metrics = new Metrics();
  private final CallMetrics callMetrics;
  private final RequestLog requestLog;

  private Telemetry(LogSink sink, LogStyle style, ModelCatalogue catalogue, InstantSource clock) {
    this.clock = clock;
    this.sink = sink;
    this.catalogue = catalogue;
    callMetrics = new CallMetrics(metrics, catalogue, MOST_MODELS);
    requestLog = new RequestLog(sink, catalogue, style, clock);
    metrics.counter(
        "serai.log.lines.dropped", "Log lines lost", Map.of(), () -> sink.droppedLines());
  }

  /**
   * Opens the log and makes it the process's own.
   *
   * @param secrets values that no line may show
   * @throws IOException if the log file cannot be opened
   */
  static Telemetry start(
      Settings settings, ModelCatalogue catalogue, Set<String> secrets, InstantSource clock)
      throws IOException {
    LogSettings log = settings.log();
    LogSink sink =
        log.file().isPresent()
            ? LogSink.toFile(log.file().get(), WAITING_LINES, Telemetry::lossNotice)
            : LogSink.toStandardError(WAITING_LINES, Telemetry::lossNotice);
    LogStyle style =
        new LogStyle(
            log.format() == LogSettings.Format.JSON ? LogFormat.JSON : LogFormat.TEXT,
            AppLog.level(log.level().name().toLowerCase(Locale.ROOT)));
    new AppLog(sink, style, new Redaction(secrets), clock).install();
    return new Telemetry(sink, style, catalogue, clock);
  }

  private static byte[] lossNotice(long lines) {
    return ("{\"level\":\"warn\",\"msg\":\"log lines were lost\",\"lines\":" + lines + "}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Shows what the edge and the providers' connections are doing. */
  void watch(EdgeLoad edge, Supplier<List<UpstreamState>> providers) {
    metrics.gauge("serai.connections", "Client connections", Map.of(), edge::connections);
    metrics.gauge("serai.in.flight", "Requests being served", Map.of(), edge::inFlight);
    metrics.gauge("serai.streams", "Replies being streamed", Map.of(), edge::streams);
    metrics.gauge(
        "serai.breakers.open",
        "Providers whose circuit breaker is open",
        Map.of(),
        () ->
            providers.get().stream()
                .filter(state -> state.breaker() == UpstreamState.BreakerState.OPEN)
                .count());
    metrics.gauge(
        "serai.provider.connections",
        "Connections to providers",
        Map.of(),
        () -> providers.get().stream().mapToInt(UpstreamState::openConnections).sum());
    metrics.gauge(
        "serai.provider.waiting",
        "Calls that wait for a connection to a provider",
        Map.of(),
        () -> providers.get().stream().mapToInt(UpstreamState::waiting).sum());
  }

  ModelCatalogue catalogue() {
    return catalogue;
  }

  InstantSource clock() {
    return clock;
  }

  /** Who is told when a call has ended. */
  List<CallListener> calls() {
    return List.of(callMetrics, requestLog);
  }

  /** Who is told of a problem that is shown. */
  ProblemListener problems() {
    return callMetrics;
  }

  byte[] scrape() {
    return metrics.scrape();
  }

  @Override
  public void close() {
    sink.close();
  }
}
