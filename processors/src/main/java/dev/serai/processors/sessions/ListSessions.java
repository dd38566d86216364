package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionOwner;
import dev.serai.core.session.SessionQuery;
import dev.serai.processors.management.QueryNumber;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists the sessions that the caller may read, the newest first. Thread-safe. */
final class ListSessions extends SessionStep {
  private static final Set<String> NAMES = Set.of("limit", "after", "status");

  ListSessions(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    SessionForm form = SessionForm.of(request);
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    int limit =
        QueryNumber.limit(
            Optional.ofNullable(query.get("limit")), form.usualPage(), form.maxPage());
    List<Session> found =
        store.list(
            new SessionQuery(
                caller.tenant(),
                caller.may(Permission.ADMIN_READ)
                    ? Optional.empty()
                    : Optional.of(SessionOwner.of(caller)),
                Optional.ofNullable(query.get("status")).map(ListSessions::status),
                Optional.ofNullable(query.get("after")),
                limit + 1));
    boolean more = found.size() > limit;
    return form.list(more ? found.subList(0, limit) : found, more);
  }

  private static Session.Status status(String label) {
    return Session.Status.find(label)
        .orElseThrow(
            () ->
                CallerProblem.invalid(
                    "status", "'status' must be one of active, completed, expired, paused."));
  }
}
