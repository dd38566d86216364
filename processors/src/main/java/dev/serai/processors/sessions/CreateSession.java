package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionRequests;
import dev.serai.processors.support.EventLoops;

/** Stores a new session of the caller. Thread-safe. */
final class CreateSession extends SessionStep {
  private final SessionRequests requests;

  CreateSession(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
    requests = parts.requests();
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    SessionRequests.NewSession wanted = requests.readNew(request.body());
    return SessionForm.of(request)
        .created(store.create(SessionOwner.of(caller), wanted.life(), wanted.facts()));
  }
}
