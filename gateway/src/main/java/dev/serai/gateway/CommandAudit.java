package dev.serai.gateway;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.problem.GatewayProblem;
import java.time.InstantSource;

/** Records what a command changes in the audit log, before and after it is done. */
final class CommandAudit {
  private final AuditLog log;
  private final InstantSource clock;
  private final Identity identity;
  private final AuditEvent.Action action;

  /**
   * @param command for example {@code serai keys create}; it holds no secret
   * @param object what is changed
   */
  CommandAudit(AuditLog log, InstantSource clock, String command, String object) {
    this.log = log;
    this.clock = clock;
    String user = System.getProperty("user.name", ""); // of the operating system
    this.identity = Identity.recorded(Identity.PUBLIC, "", user, "");
    this.action =
        new AuditEvent.Action("", "local", command, object, Permission.ADMIN_USERS.label());
  }

  /**
   * Does something after its beginning is on the disk.
   *
   * @throws GatewayProblem if the log cannot be written, then nothing is done, or the one of the
   *     change
   */
  void run(Runnable change) {
    record(AuditEvent.Kind.BEGUN, 0, "");
    try {
      change.run();
    } catch (GatewayProblem refused) {
      record(AuditEvent.Kind.DONE, refused.status(), refused.code());
      throw refused;
    }
    record(AuditEvent.Kind.DONE, 200, "");
  }

  private void record(AuditEvent.Kind kind, int status, String code) {
    log.append(new AuditEvent(kind, clock.instant(), identity, action, status, code));
  }
}
