package dev.serai.processors.audit;

import dev.serai.core.audit.AuditLog;
import dev.serai.core.audit.AuditQuery;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.processors.management.QueryNumber;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Lists entries of the audit log, the newest first. Thread-safe. */
final class ListAudit extends OffLoop {
  private static final Set<String> NAMES = Set.of("limit", "before", "tenant", "key");
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final long MAX_NUMBER = 999_999_999_999_999_999L;

  private final AuditLog log;

  ListAudit(AuditLog log, EventLoops loops) {
    super(loops);
    this.log = log;
  }

  @Override
  protected void work(Exchange exchange) {
    AuditQuery query = query(Calls.body(exchange, InboundRequest.class).query());
    AuditQuery oneMore =
        new AuditQuery(query.tenant(), query.key(), query.before(), query.limit() + 1);
    List<String> found = log.entries(oneMore);
    JsonWriter json =
        new JsonWriter().beginObject().member("object", "list").name("data").beginArray();
    found.stream().limit(query.limit()).forEach(json::json);
    json.endArray().member("has_more", found.size() > query.limit()).endObject();
    exchange.getMessage().setBody(JsonReply.uncached(json.bytes()));
  }

  private static AuditQuery query(String text) {
    Map<String, String> values = QueryString.of(text).byName(NAMES);
    return new AuditQuery(
        Optional.ofNullable(values.get("tenant")),
        Optional.ofNullable(values.get("key")),
        before(values.get("before")),
        QueryNumber.limit(Optional.ofNullable(values.get("limit")), DEFAULT_LIMIT, MAX_LIMIT));
  }

  private static long before(@Nullable String written) {
    return written == null ? Long.MAX_VALUE : QueryNumber.read("before", written, MAX_NUMBER);
  }
}
