package dev.serai.gateway.wiring;

import dev.serai.config.state.SessionSettings;
import dev.serai.core.call.CallListener;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.sessions.DatabaseSessionStore;
import dev.serai.memory.sessions.SessionLimits;
import dev.serai.processors.sessions.SessionSteps;
import dev.serai.processors.turns.TurnSteps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stores sessions, serves them over HTTP, and lets calls go on with them. */
final class SessionsFeature implements Feature {
  private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

  private final SharedParts shared;
  private final DatabaseSessionStore store;
  private final TurnSteps.Parts turns;

  SessionsFeature(SharedParts shared, Database database) {
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
            shared.threads());
    turns =
        new TurnSteps.Parts(
            store, AdminRequests.sessions(), settings.maxContextTokens(), shared.clock());
    shared
        .metrics()
        .counter(
            "serai.session.turns.not.stored",
            "Turns of stored sessions that are lost",
            Map.of(),
            store::lost);
  }

  @Override
  public Map<String, Object> beans() {
    Map<String, Object> steps = new HashMap<>(TurnSteps.of(turns, shared.loops()));
    steps.putAll(
        SessionSteps.of(new SessionSteps.Parts(store, AdminRequests.sessions()), shared.loops()));
    return Map.copyOf(steps);
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(TurnSteps.listener(turns));
  }

  @Override
  public void start() {
    store.start();
  }

  @Override
  public void close() {
    store.close();
  }
}
