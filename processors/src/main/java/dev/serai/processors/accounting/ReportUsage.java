package dev.serai.processors.accounting;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Reports usage: attempts, the newest first, or totals by what {@code group_by} names. JSON, or CSV
 * if the request asks for it.
 */
final class ReportUsage extends OffLoop {
  private final UsageLedger ledger;

  ReportUsage(UsageLedger ledger, EventLoops loops) {
    super(loops);
    this.ledger = ledger;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    UsageParameters parameters = UsageParameters.of(request.query(), Calls.caller(exchange));
    UsageQuery query = parameters.query();
    boolean csv = parameters.csv(request.headers().first("accept").orElse(""));
    if (parameters.grouped()) {
      totals(exchange, query, csv);
    } else {
      rows(exchange, query, csv);
    }
  }

  private void totals(Exchange exchange, UsageQuery query, boolean csv) {
    List<UsageTotals> totals = ledger.totals(query);
    if (csv) {
      UsageReply.csv(exchange, UsageCsv.totals(query.groupBy(), totals));
      return;
    }
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    totals.forEach(sum -> UsageJson.totals(json, query.groupBy(), sum));
    UsageReply.json(exchange, json.endArray().endObject().bytes());
  }

  private void rows(Exchange exchange, UsageQuery query, boolean csv) {
    List<UsageRecord> rows = ledger.rows(query);
    if (csv) {
      UsageReply.csv(exchange, UsageCsv.rows(rows));
      return;
    }
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    rows.forEach(row -> UsageJson.row(json, row));
    UsageReply.json(exchange, json.endArray().endObject().bytes());
  }
}
