package dev.serai.processors.responses;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import dev.serai.core.secret.KeyForms;
import dev.serai.processors.management.PathId;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.JsonReply;
import dev.serai.processors.support.OffLoop;
import java.util.Optional;
import org.apache.camel.Exchange;

/** A step for a stored response of the caller's tenant, which the path of the request names. */
abstract class StoredResponseStep extends OffLoop {
  private static final String PATH = "/v1/responses/";

  private final ResponseStore store;

  StoredResponseStep(ResponseStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  /**
   * The JSON of the reply. Runs on a virtual thread.
   *
   * @param stored the responses of the caller's tenant
   * @param response the one that the path names
   */
  abstract byte[] reply(StoredResponses stored, StoredResponse response, InboundRequest request);

  @Override
  protected final void work(Exchange exchange) {
    InboundRequest request = Calls.body(exchange, InboundRequest.class);
    StoredResponses stored = store.forTenant(Calls.caller(exchange).tenant());
    String id = PathId.after(PATH, request);
    StoredResponse response = stored.find(id).orElseThrow(() -> notFound(id));
    exchange.getMessage().setBody(JsonReply.of(reply(stored, response, request)));
  }

  /** The first value of a query parameter. */
  static Optional<String> query(InboundRequest request, String name) {
    return QueryString.of(request.query()).first(name);
  }

  private static CallerProblem notFound(String id) {
    return new CallerProblem(
        404,
        "response_not_found",
        "Response with id '" + KeyForms.redactedPath(id) + "' not found.",
        Optional.of("response_id"));
  }
}
