package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionProblems;
import dev.serai.processors.support.EventLoops;

/** Deletes a session with its messages. Thread-safe. */
final class DeleteSession extends SessionStep {
  DeleteSession(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Session session = changeable(caller, request);
    if (!store.delete(key(session))) { // another request has deleted it meanwhile
      throw SessionProblems.notFound(session.id());
    }
    return SessionForm.of(request).deleted(session.id());
  }
}
