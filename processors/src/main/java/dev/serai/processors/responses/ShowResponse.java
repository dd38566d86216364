package dev.serai.processors.responses;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import dev.serai.processors.support.EventLoops;

/** Shows a stored response. Thread-safe. */
final class ShowResponse extends StoredResponseStep {
  ShowResponse(ResponseStore store, EventLoops loops) {
    super(store, loops);
  }

  @Override
  byte[] reply(StoredResponses stored, StoredResponse response, InboundRequest request) {
    if (query(request, "stream").filter("true"::equals).isPresent()) {
      throw CallerProblem.invalid("stream", "Only a background response can be streamed.");
    }
    return response.response();
  }
}
