package dev.serai.processors.sessions;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.session.Session;
import dev.serai.core.session.SessionProblems;
import dev.serai.core.summary.KeyInformation;
import dev.serai.core.summary.SessionSummary;
import dev.serai.core.summary.SummaryStore;
import dev.serai.processors.support.EventLoops;

/** Shows the summary of the older messages of a session. Thread-safe. */
final class ShowSessionSummary extends SessionStep {
  private final SummaryStore summaries;

  ShowSessionSummary(SessionSteps.Parts parts, EventLoops loops) {
    super(parts, loops);
    summaries = parts.summaries();
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Session session = readable(caller, request);
    SessionSummary summary =
        summaries.find(key(session)).orElseThrow(() -> SessionProblems.notSummarised(session.id()));
    return json(session, summary);
  }

  private static byte[] json(Session session, SessionSummary summary) {
    KeyInformation information = summary.information();
    JsonWriter json =
        new JsonWriter()
            .beginObject()
            .member("object", "session.summary")
            .member("session_id", session.id())
            .member("version", summary.version())
            .member("mode", summary.mode().label())
            .member("text", summary.text())
            .member("up_to", summary.upTo())
            .member("messages", summary.messages())
            .member("tokens_before", summary.originalTokens())
            .member("tokens_after", summary.tokens())
            .member("created_at", summary.created())
            .name("key_information")
            .beginObject();
    json.member("topics", information.topics())
        .member("key_points", information.keyPoints())
        .member("decisions", information.decisions())
        .member("action_items", information.actionItems())
        .member("entities", information.entities());
    return json.endObject().endObject().bytes();
  }
}
