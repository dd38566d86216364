package dev.serai.gateway.wiring;

import dev.serai.config.state.StateSettings;
import dev.serai.core.audit.AuditLog;
import dev.serai.memory.audit.FileAuditLog;
import dev.serai.processors.audit.AuditSteps;
import java.util.Map;

/** Keeps the audit log and serves it. */
final class AuditFeature implements Feature {
  private final SharedParts shared;
  private final FileAuditLog log;

  AuditFeature(SharedParts shared) {
    this.shared = shared;
    StateSettings state = shared.settings().state();
    log = new FileAuditLog(state.folder(), state.auditBytes(), shared.clock(), shared.threads());
    shared
        .metrics()
        .gauge("serai.audit.bytes", "Files of the audit log", Map.of(), () -> log.bytes());
    shared
        .metrics()
        .counter(
            "serai.audit.dropped",
            "Refused requests and results that the audit log could not take",
            Map.of(),
            log::dropped);
  }

  /** Records requests that manage the gateway. */
  AuditLog log() {
    return log;
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(AuditSteps.of(log, shared.loops()));
  }

  @Override
  public void start() {
    log.start();
  }

  @Override
  public void close() {
    log.close();
  }
}
