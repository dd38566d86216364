package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionRequests;
import dev.serai.processors.support.EventLoops;
import java.util.List;

/** Adds a message to a session without asking a model. Thread-safe. */
final class AddSessionMessage extends SessionStep {
  private final SessionRequests requests;

  AddSessionMessage(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
    requests = parts.requests();
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Session session = changeable(caller, request);
    JsonWriter json = new JsonWriter();
    SessionForm.message(
        json, store.add(key(session), List.of(requests.readMessage(request.body()))).getFirst());
    return json.bytes();
  }
}
