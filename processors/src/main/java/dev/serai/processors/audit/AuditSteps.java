package dev.serai.processors.audit;

import dev.serai.core.audit.AuditLog;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that show and check the audit log. The steps are thread-safe. */
public final class AuditSteps {
  private AuditSteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(AuditLog log, EventLoops loops) {
    return Map.of(
        "list-audit", new ListAudit(log, loops), "verify-audit", new VerifyAudit(log, loops));
  }
}
