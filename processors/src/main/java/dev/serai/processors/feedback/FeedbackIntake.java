package dev.serai.processors.feedback;

import dev.serai.core.call.Call.Outcome;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.feedback.FeedbackStore.Change;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Strategy;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageRecord;
import dev.serai.processors.routing.strategy.Bandits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Stores feedback, and lets the bandit that has chosen the model of the call learn from it. It is
 * stored first; then the bandit of this gateway learns by how much the quality of the call has
 * changed, so feedback that is given again changes nothing. It blocks. Thread-safe.
 */
final class FeedbackIntake {
  private final FeedbackStore store;
  private final Bandits bandits;
  private final InstantSource clock;

  FeedbackIntake(FeedbackStore store, Bandits bandits, InstantSource clock) {
    this.store = store;
    this.bandits = bandits;
    this.clock = clock;
  }

  /**
   * Takes feedback.
   *
   * @param rows of the call
   * @return whether a bandit can learn from it
   */
  boolean take(List<UsageRecord> rows, Feedback feedback) {
    Change change = store.put(feedback);
    boolean learned = feedback.changesQuality() && isLearned(rows);
    if (learned && change.quality() != 0) {
      revise(rows, change.quality());
    }
    return learned;
  }

  /**
   * Whether a bandit has learned from the response of this call: the one of the model that the call
   * asked for, of one of its targets.
   */
  static boolean isLearned(List<UsageRecord> rows) {
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
