package dev.serai.processors.accounting;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.usage.Dimension;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageTotals;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Reports total usage, and totals by provider, model, task, tenant and day. */
final class SummariseUsage extends OffLoop {
  private static final Map<String, Dimension> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("by_provider", Dimension.PROVIDER);
    PARTS.put("by_model", Dimension.MODEL);
    PARTS.put("by_task", Dimension.TASK_TYPE);
    PARTS.put("by_tenant", Dimension.TENANT);
    PARTS.put("by_day", Dimension.DAY);
  }

  private final UsageLedger ledger;

  SummariseUsage(UsageLedger ledger, EventLoops loops) {
    super(loops);
    this.ledger = ledger;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    UsageParameters parameters = UsageParameters.of(request.query(), Calls.caller(exchange));
    List<UsageQuery> queries = new ArrayList<>();
    queries.add(parameters.query(List.of()));
    PARTS.values().forEach(dimension -> queries.add(parameters.query(List.of(dimension))));
    Iterator<List<UsageTotals>> totals = ledger.totals(queries).iterator();
    JsonWriter json = new JsonWriter().beginObject();
    for (UsageTotals total : totals.next()) {
      UsageJson.sums(json.name("total").beginObject(), total);
      json.endObject();
    }
    PARTS.keySet().forEach(name -> part(json.name(name), totals.next()));
    UsageReply.json(exchange, json.endObject().bytes());
  }

  private static void part(JsonWriter json, List<UsageTotals> totals) {
    json.beginObject();
    for (UsageTotals total : totals) {
      UsageJson.sums(json.name(total.group().getFirst()).beginObject(), total);
      json.endObject();
    }
    json.endObject();
  }
}
