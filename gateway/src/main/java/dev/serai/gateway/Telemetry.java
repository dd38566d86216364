package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.core.call.CallListener;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.usage.UsageRecord;
import dev.serai.gateway.edge.EdgeLoad;
import dev.serai.gateway.telemetry.RequestMeters;
import dev.serai.gateway.telemetry.log.Logging;
import dev.serai.gateway.telemetry.log.Redaction;
import dev.serai.gateway.telemetry.log.RequestLog;
import dev.serai.gateway.telemetry.metrics.CallMetrics;
import dev.serai.gateway.telemetry.metrics.HttpMeters;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.gateway.telemetry.metrics.ProviderMeters;
import dev.serai.gateway.telemetry.trace.Tracing;
import dev.serai.memory.ledger.Ledger;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.spi.RoutePolicyFactory;

/** What is written and counted of calls: the log, the request log and the meters. Thread-safe. */
final class Telemetry implements AutoCloseable {
  private static final int MOST_MODELS = 500;

  private final Logging logging;
  private final ModelCatalogue catalogue;
  private final InstantSource clock;
  private final Optional<Tracing> tracing;
  private final Metrics metrics = new Metrics();
  private final CallMetrics callMetrics;
  private final RequestLog requestLog;
  private volatile Optional<ProviderMeters> providerMeters = Optional.empty();

  private Telemetry(
      Logging logging, ModelCatalogue catalogue, TracingSettings settings, InstantSource clock) {
    this.clock = clock;
    this.logging = logging;
    this.catalogue = catalogue;
    tracing = settings.on() ? Optional.of(new Tracing(settings, clock)) : Optional.empty();
    callMetrics = new CallMetrics(metrics, catalogue, settings.semconv(), MOST_MODELS);
    requestLog = logging.requestLog(catalogue);
    metrics.counter(
        "serai.log.lines.dropped", "Log lines lost", Map.of(), () -> logging.sink().droppedLines());
  }

  /**
   * Opens the log and makes it the process's own, and begins to trace if the settings say so.
   *
   * @param secrets values that no line may show, beside those of the tracing's own headers
   * @throws IOException if the log file cannot be opened
   * @throws IllegalArgumentException if traces are to go where they cannot
   */
  static Telemetry start(
      Settings settings, ModelCatalogue catalogue, Set<String> secrets, InstantSource clock)
      throws IOException {
    Set<String> hidden = new HashSet<>(secrets);
    settings.tracing().headers().values().forEach(value -> hidden.add(value.reveal()));
    Logging logging = Logging.open(settings.log(), new Redaction(hidden), clock);
    return new Telemetry(logging, catalogue, settings.tracing(), clock);
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
    providerMeters = Optional.of(new ProviderMeters(metrics, providers));
  }

  /** Shows how usage gets to the database. */
  void watch(Ledger ledger) {
    metrics.gauge(
        "serai.ledger.lag.seconds",
        "How long usage has been waiting for the database",
        Map.of(),
        ledger::lagSeconds);
    metrics.gauge(
        "serai.ledger.journal.bytes",
        "Files of the ledger's journal",
        Map.of(),
        ledger::journalBytes);
    metrics.gauge(
        "serai.ledger.waiting",
        "Calls whose usage waits in memory for room in the journal",
        Map.of(),
        ledger::waiting);
    metrics.gauge(
        "serai.ledger.database.up",
        "Whether the database takes usage: 1 or 0",
        Map.of(),
        () -> ledger.databaseUp() ? 1 : 0);
    metrics.counter("serai.ledger.rows", "Rows brought to the database", Map.of(), ledger::written);
    metrics.counter(
        "serai.ledger.lost", "Calls whose usage nothing could take", Map.of(), ledger::lost);
  }

  /** Who is told of usage that was estimated. */
  Consumer<UsageRecord> estimates() {
    return callMetrics::estimated;
  }

  /** What has the routes of the edge traced, if anything has. */
  Optional<RoutePolicyFactory> tracer() {
    return tracing.map(Tracing::tracer);
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

  /** Who is told how long requests took at the edge. */
  RequestMeters requests() {
    return new HttpMeters(metrics);
  }

  byte[] scrape() {
    providerMeters.ifPresent(ProviderMeters::refresh);
    return metrics.scrape();
  }

  @Override
  public void close() {
    tracing.ifPresent(Tracing::close);
    logging.close();
  }
}
