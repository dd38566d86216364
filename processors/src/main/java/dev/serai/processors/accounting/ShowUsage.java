package dev.serai.processors.accounting;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageRecord;
import dev.serai.processors.management.PathId;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Reports the usage of one call of the caller's tenant, attempt by attempt. The call is named by
 * its id or by the one that its client gave the request.
 */
final class ShowUsage extends OffLoop {
  private static final String PATH = "/v1/usage/";

  private final UsageLedger ledger;

  ShowUsage(UsageLedger ledger, EventLoops loops) {
    super(loops);
    this.ledger = ledger;
  }

  @Override
  protected void work(Exchange exchange) {
    String id = PathId.after(PATH, Calls.body(exchange, InboundRequest.class));
    Caller caller = Calls.caller(exchange);
    Optional<String> tenant =
        caller.may(Permission.ADMIN_READ) ? Optional.empty() : Optional.of(caller.tenant());
    List<UsageRecord> rows = ledger.of(id, tenant);
    if (rows.isEmpty()) {
      throw new CallerProblem(
          404,
          "usage_not_found",
          "No usage is recorded for that request ID. A call is recorded when it has ended.",
          Optional.of("request_id"));
    }
    UsageReply.json(exchange, json(rows.getFirst().requestId(), rows));
  }

  private static byte[] json(String requestId, List<UsageRecord> rows) {
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("request_id", requestId)
            .name("attempts")
            .beginArray();
    rows.forEach(row -> UsageJson.row(json, row));
    return json.endArray().endObject().bytes();
  }
}
