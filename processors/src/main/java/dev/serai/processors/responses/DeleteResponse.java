package dev.serai.processors.responses;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import dev.serai.processors.support.EventLoops;

/** Deletes a stored response. Thread-safe. */
final class DeleteResponse extends StoredResponseStep {
  DeleteResponse(ResponseStore store, EventLoops loops) {
    super(store, loops);
  }

  @Override
  byte[] reply(StoredResponses stored, StoredResponse response, InboundRequest request) {
    stored.delete(response.id());
    JsonWriter reply = new JsonWriter().beginObject().member("id", response.id());
    return reply.member("object", "response").member("deleted", true).endObject().bytes();
  }
}
