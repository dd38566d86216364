package dev.serai.processors.audit;

import dev.serai.core.audit.AuditLog;
import dev.serai.core.audit.AuditQuery;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/** Lists entries of the audit log, the newest first. Thread-safe. */
public final class ListAudit extends OffLoop {
  private static final Set<String> NAMES = Set.of("limit", "before", "tenant", "key");
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final AuditLog log;

  public ListAudit(AuditLog log, EventLoops loops) {
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
        number(values, "before", Long.MAX_VALUE, Long.MAX_VALUE),
        (int) number(values, "limit", DEFAULT_LIMIT, MAX_LIMIT));
  }

  private static long number(Map<String, String> values, String name, long absent, long max) {
    String written = values.get(name);
    if (written == null) {
      return absent;
    }
    long number = written.matches("[0-9]{1,18}") ? Long.parseLong(written) : 0;
    if (number < 1 || number > max) {
      throw CallerProblem.invalid(
          name, "'" + name + "' is a number from 1 to " + (max > MAX_LIMIT ? "10^18" : max) + ".");
    }
    return number;
  }
}
