package dev.serai.processors.responses;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponse.Page;
import dev.serai.core.responses.StoredResponses;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import dev.serai.processors.support.PathId;
import dev.serai.processors.support.QueryNumber;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Shows a stored response, lists its input items, and deletes it. None can be cancelled, because
 * none runs in the background. Thread-safe.
 */
public final class ServeResponse extends OffLoop {
  private static final String PATH = "/v1/responses/";
  private static final int DEFAULT_PAGE = 20;
  private static final int MAX_PAGE = 100;

  private final ResponseStore store;

  public ServeResponse(ResponseStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    StoredResponses stored = store.forTenant(Calls.caller(exchange).tenant());
    String id = PathId.after(PATH, request);
    String operation = (request.method() + " " + PathId.operation(PATH, request)).strip();
    byte[] body =
        switch (operation) {
          case "GET" -> shown(stored, id, request);
          case "GET input_items" -> find(stored, id).inputItems(page(request));
          case "DELETE" -> deleted(stored, id);
          case "POST cancel" -> throw notRunning(find(stored, id));
          default -> throw unknown(request);
        };
    exchange.getMessage().setBody(JsonReply.of(body));
  }

  private static byte[] shown(StoredResponses stored, String id, InboundRequest request) {
    if (query(request, "stream").filter("true"::equals).isPresent()) {
      throw CallerProblem.invalid("stream", "Only a background response can be streamed.");
    }
    return find(stored, id).response();
  }

  private static byte[] deleted(StoredResponses stored, String id) {
    String found = find(stored, id).id();
    stored.delete(found);
    JsonWriter reply = new JsonWriter().beginObject().member("id", found);
    return reply.member("object", "response").member("deleted", true).endObject().bytes();
  }

  private static StoredResponse find(StoredResponses stored, String id) {
    return stored.find(id).orElseThrow(() -> notFound(id));
  }

  private static Page page(InboundRequest request) {
    String order = query(request, "order").orElse("desc");
    if (!order.equals("asc") && !order.equals("desc")) {
      throw CallerProblem.invalid("order", "Invalid 'order': expected 'asc' or 'desc'.");
    }
    int limit = QueryNumber.limit(query(request, "limit").orElse(null), DEFAULT_PAGE, MAX_PAGE);
    return new Page(limit, order.equals("desc"), query(request, "after"));
  }

  private static Optional<String> query(InboundRequest request, String name) {
    return QueryString.of(request.query()).first(name);
  }

  private static CallerProblem notFound(String id) {
    return new CallerProblem(
        404,
        "response_not_found",
        "Response with id '" + id + "' not found.",
        Optional.of("response_id"));
  }

  private static CallerProblem notRunning(StoredResponse response) {
    return CallerProblem.invalid(
        "response_id",
        "Cannot cancel the response '"
            + response.id()
            + "': only responses created with background=true can be cancelled, and none of"
            + " Serai's are.");
  }

  private static CallerProblem unknown(InboundRequest request) {
    return new CallerProblem(
        404,
        "not_found",
        "Unknown endpoint: " + request.method() + " " + request.path() + ".",
        Optional.empty());
  }
}
