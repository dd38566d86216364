package dev.serai.processors.feedback;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackRequest;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageRecord;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes what a caller says about a call of its tenant, and lets the bandit that has chosen the
 * model of that call learn from a score. Thread-safe.
 */
final class GiveFeedback extends JsonStep {
  private final FeedbackRequest.Reader reader;
  private final UsageLedger ledger;
  private final FeedbackIntake intake;
  private final InstantSource clock;

  GiveFeedback(
      FeedbackRequest.Reader reader,
      UsageLedger ledger,
      FeedbackIntake intake,
      InstantSource clock,
      EventLoops loops) {
    super(loops);
    this.reader = reader;
    this.ledger = ledger;
    this.intake = intake;
    this.clock = clock;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    FeedbackRequest wanted = reader.read(request.body());
    List<UsageRecord> rows = rows(wanted.requestId(), caller);
    UsageRecord last = rows.getLast();
    Feedback feedback =
        new Feedback(
            last.requestId(),
            last.caller().tenant(),
            caller.key(),
            wanted.metric(),
            wanted.value(),
            wanted.comment(),
            clock.millis());
    boolean learned = intake.take(rows, feedback);
    JsonWriter json = new JsonWriter().beginObject().member("object", "feedback");
    FeedbackJson.write(json, feedback);
    return json.member("learned", learned).endObject().bytes();
  }

  private List<UsageRecord> rows(String requestId, Caller caller) {
    boolean all = caller.may(Permission.ADMIN_READ);
    List<UsageRecord> rows =
        ledger.of(requestId, all ? Optional.empty() : Optional.of(caller.tenant()));
    // the response of a copy is dropped, and no caller can know what it is worth
    if (rows.isEmpty() || rows.getLast().operation() == Operation.SHADOW) {
      throw new CallerProblem(
          404,
          "usage_not_found",
          "No call with that request ID is recorded. A call is recorded when it has ended.",
          Optional.of("request_id"));
    }
    return rows;
  }
}
