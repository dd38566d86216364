package dev.serai.processors.feedback;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackRequest;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.feedback.FeedbackStore.Change;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Strategy;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageRecord;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes what a caller says about a call of its tenant, and lets the bandit that has chosen the
 * model of that call learn from a score. The score is stored first; then the bandit of this gateway
 * learns by how much the mean of the scores has changed, so a score that is given again changes
 * nothing. Thread-safe.
 */
final class GiveFeedback extends JsonStep {
  private final FeedbackRequest.Reader reader;
  private final UsageLedger ledger;
  private final FeedbackStore store;
  private final Bandits bandits;
  private final InstantSource clock;

  GiveFeedback(
      FeedbackRequest.Reader reader,
      UsageLedger ledger,
      FeedbackStore store,
      Bandits bandits,
      InstantSource clock,
      EventLoops loops) {
    super(loops);
    this.reader = reader;
    this.ledger = ledger;
    this.store = store;
    this.bandits = bandits;
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
    Change change = store.put(feedback);
    boolean learned = feedback.isScore() && isLearned(rows);
    if (learned && change.quality() != 0) {
      revise(rows, change.quality());
    }
    JsonWriter json = new JsonWriter().beginObject().member("object", "feedback");
    FeedbackJson.write(json, feedback);
    return json.member("learned", learned).endObject().bytes();
  }

  private List<UsageRecord> rows(String requestId, Caller caller) {
    boolean all = caller.may(Permission.ADMIN_READ);
    List<UsageRecord> rows =
        ledger.of(requestId, all ? Optional.empty() : Optional.of(caller.tenant()));
    if (rows.isEmpty()) {
      throw new CallerProblem(
          404,
          "usage_not_found",
          "No call with that request ID is recorded. A call is recorded when it has ended.",
          Optional.of("request_id"));
    }
    return rows;
  }

  /**
   * Whether a bandit has learned from the response of this call: the one of the model that the call
   * asked for, of one of its targets.
   */
  private static boolean isLearned(List<UsageRecord> rows) {
    UsageRecord last = rows.getLast();
    return last.outcome() != Outcome.FAILED
        && last.problem().isEmpty()
        && last.firstTokenMicros().isPresent()
        && decision(rows)
            .filter(made -> made.strategy().equals(Strategy.BANDIT.label()))
            .filter(made -> !made.choice().equals(Choice.REPLACED.label()))
            .filter(made -> made.assignment().isEmpty()) // its bandit is that of the variant
            .filter(made -> made.candidates().contains(last.candidate()))
            .isPresent();
  }

  private static Optional<RecordedDecision> decision(List<UsageRecord> rows) {
    return rows.getFirst().decision();
  }

  private void revise(List<UsageRecord> rows, double quality) {
    UsageRecord last = rows.getLast();
    long age = Math.max(0, clock.millis() - last.timeMillis());
    Bandits.LearnedCall call =
        new Bandits.LearnedCall(
            last.candidate(),
            decision(rows).flatMap(RecordedDecision::features),
            Duration.ofMillis(age));
    bandits.revise(last.requestedModel(), call, quality);
  }
}
