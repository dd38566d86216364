package dev.serai.processors.audit;

import dev.serai.core.audit.AuditLog;
import dev.serai.core.audit.AuditVerification;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/** Checks the hashes of the whole audit log. Thread-safe. */
final class VerifyAudit extends OffLoop {
  private final AuditLog log;

  VerifyAudit(AuditLog log, EventLoops loops) {
    super(loops);
    this.log = log;
  }

  @Override
  protected void work(Exchange exchange) {
    AuditVerification result = log.verify();
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("object", "audit.verification")
            .member("valid", result.isValid())
            .member("entries", result.entries())
            .member("first_seq", result.first())
            .member("last_seq", result.last())
            .member("last_hash", result.hash());
    result.fault().ifPresent(fault -> json.member("fault", fault));
    exchange.getMessage().setBody(JsonReply.uncached(json.endObject().bytes()));
  }
}
