package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionQuery;
import dev.serai.core.text.KnownNames;
import dev.serai.processors.management.QueryNumber;
import dev.serai.processors.support.EventLoops;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Lists messages of a session: in their order, or in the form of /api/v1 the latest ones.
 * Thread-safe.
 */
final class ListSessionMessages extends SessionStep {
  private static final Set<String> NAMES =
      Set.of("limit", "after", "order", "role", "type", "since", "until", "q");
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 100;

  ListSessionMessages(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Session session = readable(caller, request);
    SessionForm form = SessionForm.of(request);
    Map<String, String> query = QueryString.of(request.query()).byName(NAMES);
    SessionQuery.Page page =
        new SessionQuery.Page(
            filter(query),
            Optional.ofNullable(query.get("after"))
                .map(text -> QueryNumber.read("after", text, Long.MAX_VALUE)),
            form == SessionForm.API_V1 || isNewestFirst(query),
            QueryNumber.limit(Optional.ofNullable(query.get("limit")), DEFAULT_PAGE, MAX_PAGE));
    return form.messages(session, store.messages(key(session), page));
  }

  private static boolean isNewestFirst(Map<String, String> query) {
    String order = query.getOrDefault("order", "asc");
    if (!Set.of("asc", "desc").contains(order)) {
      throw CallerProblem.invalid("order", "'order' must be asc or desc.");
    }
    return order.equals("desc");
  }

  private static SessionQuery.Filter filter(Map<String, String> query) {
    return new SessionQuery.Filter(
        named(query, "role", SessionMessage.Role.labels(), SessionMessage.Role::find),
        named(query, "type", SessionMessage.Type.labels(), SessionMessage.Type::find),
        query.getOrDefault("q", ""),
        Optional.ofNullable(query.get("since")).map(text -> time("since", text)),
        Optional.ofNullable(query.get("until")).map(text -> time("until", text)));
  }

  private static <T> Optional<T> named(
      Map<String, String> query,
      String name,
      List<String> known,
      Function<String, Optional<T>> find) {
    return Optional.ofNullable(query.get(name))
        .map(
            label ->
                find.apply(label)
                    .orElseThrow(
                        () -> CallerProblem.invalid(name, KnownNames.mustBe(name, label, known))));
  }

  private static Instant time(String name, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw CallerProblem.invalid(
          name, "'" + name + "' must be a time such as 2026-11-30T09:30:00Z.");
    }
  }
}
