package dev.serai.gateway.wiring;

import dev.serai.adapters.search.Lz4Packer;
import dev.serai.config.state.SessionSettings;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.CallListener;
import dev.serai.core.session.SessionStore;
import dev.serai.core.summary.CompressionRules;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.sessions.DatabaseSessionStore;
import dev.serai.memory.sessions.SessionLimits;
import dev.serai.processors.sessions.SessionSteps;
import dev.serai.processors.turns.SessionCompression;
import dev.serai.processors.turns.SummaryModel;
import dev.serai.processors.turns.TurnSteps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Stores sessions, serves them over HTTP, and lets calls go on with them. */
final class SessionsFeature implements Feature {
  private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

  private final SharedParts shared;
  private final DatabaseSessionStore store;
  private final TurnSteps.Parts turns;
  private final CompressionRules rules;
  private final SessionCompression compression;
  private final BackgroundThread compressor;

  /**
   * @param routes where the routes run
   */
  SessionsFeature(SharedParts shared, Database database, Supplier<CamelContext> routes) {
    this.shared = shared;
    SessionSettings settings = shared.settings().state().sessions();
    SessionLimits limits =
        new SessionLimits(
            settings.lifetime(),
            settings.retention(),
            settings.maxSessions(),
            settings.maxMessages(),
            settings.maxBytes(),
            Math.min(MAX_WAITING_BYTES, Runtime.getRuntime().maxMemory() / 16));
    store =
        new DatabaseSessionStore(
            database,
            limits,
            () -> UUID.randomUUID().toString().replace("-", ""),
            shared.clock(),
            shared.threads(),
            new Lz4Packer());
    rules =
        new CompressionRules(
            settings.compression().mode(),
            settings.compression().threshold(),
            settings.maxContextTokens());
    SessionStore.Budget budget =
        new SessionStore.Budget(settings.maxContextTokens(), rules.mode().summarises());
    turns = new TurnSteps.Parts(store, AdminRequests.sessions(), budget, shared.clock());
    compression =
        new SessionCompression(
            store.summaries(),
            AdminRequests.sessions(),
            rules,
            settings.compression().model().map(model -> summaries(model, shared, routes)),
            shared.clock());
    compressor = shared.threads().make("compression", compression);
    count(shared.metrics());
  }

  private static SummaryModel summaries(
      String model, SharedParts shared, Supplier<CamelContext> routes) {
    RequestIds ids = shared.requestIds();
    return new SummaryModel(model, routes, shared.loops(), ids::next);
  }

  private void count(Metrics metrics) {
    for (SessionCompression.End how : SessionCompression.End.values()) {
      metrics.counter(
          "serai.session.compressions",
          "Times that a stored session was long enough to be compressed, by the outcome",
          Map.of("outcome", how.label()),
          () -> compression.count(how));
    }
    metrics.counter(
        "serai.session.compression.saved.tokens",
        "About how many tokens fewer the summaries of sessions have than what they replace",
        Map.of(),
        compression::savedTokens);
    metrics.counter(
        "serai.session.compression.saved.bytes",
        "Bytes that packed messages of sessions take less in the database",
        Map.of(),
        compression::savedBytes);
    metrics.counter(
        "serai.session.turns.not.stored",
        "Turns of stored sessions that are lost",
        Map.of(),
        store::lost);
  }

  @Override
  public Map<String, Object> beans() {
    Map<String, Object> steps = new HashMap<>(TurnSteps.of(turns, shared.loops()));
    SessionSteps.Parts parts =
        new SessionSteps.Parts(store, store.summaries(), AdminRequests.sessions());
    steps.putAll(SessionSteps.of(parts, shared.loops()));
    return Map.copyOf(steps);
  }

  @Override
  public List<CallListener> listeners() {
    CallListener stored = TurnSteps.listener(turns);
    return rules.isOn() ? List.of(stored, compression) : List.of(stored);
  }

  @Override
  public void start() {
    store.start();
    if (rules.isOn()) {
      compressor.start();
    }
  }

  @Override
  public void close() {
    compressor.stop();
    store.close();
  }
}
