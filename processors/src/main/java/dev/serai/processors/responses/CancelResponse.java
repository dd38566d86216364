package dev.serai.processors.responses;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import dev.serai.processors.support.EventLoops;

/**
 * Refuses to cancel a stored response: none can be cancelled, because none runs in the background.
 * Thread-safe.
 */
final class CancelResponse extends StoredResponseStep {
  CancelResponse(ResponseStore store, EventLoops loops) {
    super(store, loops);
  }

  @Override
  byte[] reply(StoredResponses stored, StoredResponse response, InboundRequest request) {
    throw CallerProblem.invalid(
        "response_id",
        "Cannot cancel the response '"
            + response.id()
            + "': only responses created with background=true can be cancelled, and none of"
            + " Serai's are.");
  }
}
