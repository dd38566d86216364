package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.support.EventLoops;

/** Shows a session. Thread-safe. */
final class ShowSession extends SessionStep {
  ShowSession(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    return SessionForm.of(request).session(readable(caller, request));
  }
}
