package dev.serai.processors.sessions;

import dev.serai.core.session.SessionRequests;
import dev.serai.core.session.SessionStore;
import dev.serai.core.summary.SummaryStore;
import dev.serai.processors.support.EventLoops;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that read and change sessions. The steps are thread-safe. */
public final class SessionSteps {
  private SessionSteps() {}

  /** What the steps work with. */
  public record Parts(SessionStore store, SummaryStore summaries, SessionRequests requests) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    return Map.of(
        "create-session", new CreateSession(parts, loops),
        "show-session-summary", new ShowSessionSummary(parts, loops),
        "list-sessions", new ListSessions(parts, loops),
        "show-session", new ShowSession(parts, loops),
        "change-session", new ChangeSession(parts, loops),
        "delete-session", new DeleteSession(parts, loops),
        "write-message-reply", new WriteMessageReply(),
        "add-session-message", new AddSessionMessage(parts, loops),
        "list-session-messages", new ListSessionMessages(parts, loops));
  }
}
