package dev.serai.processors.responses;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponse.Page;
import dev.serai.core.responses.StoredResponses;
import dev.serai.processors.management.QueryNumber;
import dev.serai.processors.support.EventLoops;

/** Lists the input items of a stored response by page. Thread-safe. */
final class ListInputItems extends StoredResponseStep {
  private static final int DEFAULT_PAGE = 20;
  private static final int MAX_PAGE = 100;

  ListInputItems(ResponseStore store, EventLoops loops) {
    super(store, loops);
  }

  @Override
  byte[] reply(StoredResponses stored, StoredResponse response, InboundRequest request) {
    return response.inputItems(page(request));
  }

  private static Page page(InboundRequest request) {
    String order = query(request, "order").orElse("desc");
    if (!order.equals("asc") && !order.equals("desc")) {
      throw CallerProblem.invalid("order", "Invalid 'order': expected 'asc' or 'desc'.");
    }
    int limit = QueryNumber.limit(query(request, "limit"), DEFAULT_PAGE, MAX_PAGE);
    return new Page(limit, order.equals("desc"), query(request, "after"));
  }
}
