package dev.serai.processors.accounting;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.usage.Money;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageTotals;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Reports usage and cost by time, in the shape of OpenAI's organization API, so that its clients
 * and reports work here. Thread-safe.
 */
final class ReportOrganizationUsage extends OffLoop {
  private static final String COSTS = "/v1/organization/costs";

  private final UsageLedger ledger;
  private final InstantSource clock;

  ReportOrganizationUsage(UsageLedger ledger, InstantSource clock, EventLoops loops) {
    super(loops);
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    BucketParameters asked = BucketParameters.of(request.query(), Calls.caller(exchange));
    long width = asked.width().seconds();
    long start = asked.start();
    long end = asked.end(clock.instant().getEpochSecond() + 1);
    List<UsageQuery> queries = new ArrayList<>();
    long next = start;
    for (; next < end && queries.size() < asked.limit(); next += width) {
      queries.add(asked.query(next, Math.min(next + width, end)));
    }
    List<List<UsageTotals>> totals = queries.isEmpty() ? List.of() : ledger.totals(queries);
    boolean costs = request.path().equals(COSTS);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "page").name("data").beginArray();
    for (int i = 0; i < totals.size(); i++) {
      begin(json, queries.get(i));
      results(json, asked, totals.get(i), costs);
      json.endArray().endObject();
    }
    json.endArray().member("has_more", next < end);
    if (next < end) {
      json.member("next_page", "page_" + next);
    } else {
      json.nullMember("next_page");
    }
    UsageReply.json(exchange, json.endObject().bytes());
  }

  private static void begin(JsonWriter json, UsageQuery bucket) {
    json.beginObject()
        .member("object", "bucket")
        .member("start_time", bucket.fromMillis() / 1000)
        .member("end_time", bucket.untilMillis() / 1000)
        .name("results")
        .beginArray();
  }

  private static void results(
      JsonWriter json, BucketParameters asked, List<UsageTotals> totals, boolean costs) {
    for (UsageTotals sum : totals) {
      if (sum.attempts() > 0) {
        result(json.beginObject(), asked, sum, costs);
        json.endObject();
      }
    }
  }

  private static void result(
      JsonWriter json, BucketParameters asked, UsageTotals sum, boolean costs) {
    if (costs) {
      json.member("object", "organization.costs.result").name("amount").beginObject();
      json.member("value", Money.usd(sum.costNanoUsd())).member("currency", "usd").endObject();
      group(json, asked, sum, "line_item");
    } else {
      json.member("object", "organization.usage.completions.result")
          .member("input_tokens", sum.usage().input())
          .member("output_tokens", sum.usage().output())
          .member("input_cached_tokens", sum.usage().cached())
          .member("input_audio_tokens", sum.usage().audioInput())
          .member("output_audio_tokens", sum.usage().audioOutput())
          .member("num_model_requests", sum.requests())
          .nullMember("batch");
      group(json, asked, sum, "user_id");
      group(json, asked, sum, "model");
    }
    group(json, asked, sum, "project_id");
    group(json, asked, sum, "api_key_id");
  }

  private static void group(JsonWriter json, BucketParameters asked, UsageTotals sum, String name) {
    int place = asked.place(name);
    if (place < 0) {
      json.nullMember(name);
    } else {
      json.member(name, sum.group().get(place));
    }
  }
}
