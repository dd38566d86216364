package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.session.SessionStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.PathId;
import dev.serai.processors.support.EventLoops;

/** A step that works with sessions. Thread-safe, as all steps are. */
abstract class SessionStep extends JsonStep {
  final SessionStore store;

  SessionStep(SessionSteps.Parts parts, EventLoops loops) {
    super(loops);
    store = parts.store();
  }

  /**
   * The session that the path names, which the caller may read.
   *
   * @throws CallerProblem 404 if the caller may use no such session
   */
  final Session readable(Caller caller, InboundRequest request) {
    return session(caller, request, Permission.ADMIN_READ);
  }

  /**
   * The session that the path names, which the caller may change.
   *
   * @throws CallerProblem 404 if the caller may use no such session
   */
  final Session changeable(Caller caller, InboundRequest request) {
    return session(caller, request, Permission.ADMIN_USERS);
  }

  private Session session(Caller caller, InboundRequest request, Permission everything) {
    String id = PathId.after(SessionForm.of(request).root() + "/", request);
    return store
        .find(new SessionStore.Key(caller.tenant(), id))
        .filter(found -> found.owner().isOpenTo(caller, everything))
        .orElseThrow(() -> SessionProblems.notFound(id));
  }

  static SessionStore.Key key(Session session) {
    return new SessionStore.Key(session.owner().tenant(), session.id());
  }
}
