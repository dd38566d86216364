package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionRequests;
import dev.serai.processors.support.EventLoops;

/**
 * Changes the status of a session or what is noted about it, which renews its life. Thread-safe.
 */
final class ChangeSession extends SessionStep {
  private final SessionRequests requests;

  ChangeSession(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
    requests = parts.requests();
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Session session = changeable(caller, request);
    return SessionForm.of(request)
        .session(store.change(key(session), requests.readChange(request.body())));
  }
}
