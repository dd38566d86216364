package dev.serai.gateway.wiring;

import dev.serai.config.state.SessionSettings;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.sessions.DatabaseSessionStore;
import dev.serai.memory.sessions.SessionLimits;
import dev.serai.processors.sessions.SessionSteps;
import java.util.Map;
import java.util.UUID;

/** Stores sessions, and serves them over HTTP. */
final class SessionsFeature implements Feature {
  private final SharedParts shared;
  private final DatabaseSessionStore store;

  SessionsFeature(SharedParts shared, Database database) {
    this.shared = shared;
    SessionSettings settings = shared.settings().state().sessions();
    SessionLimits limits =
        new SessionLimits(
            settings.lifetime(),
            settings.retention(),
            settings.maxSessions(),
            settings.maxMessages(),
            settings.maxBytes());
    store =
        new DatabaseSessionStore(
            database,
            limits,
            () -> UUID.randomUUID().toString().replace("-", ""),
            shared.clock(),
            shared.threads());
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(
        SessionSteps.of(
            new SessionSteps.Parts(store, AdminRequests.sessions()), shared.loops()));
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
