package dev.serai.gateway.wiring;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.CallListener;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.feedback.StoredFeedback;
import dev.serai.processors.feedback.FeedbackSteps;
import dev.serai.processors.feedback.ImplicitFeedback;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Takes feedback about calls, and lets bandits learn from it. */
final class FeedbackFeature implements Feature {
  private static final int SALT_BYTES = 16;

  private final StoredFeedback store;
  private final FeedbackSteps steps;
  private final ImplicitFeedback implicit;
  private final BackgroundThread observer;

  FeedbackFeature(
      SharedParts shared, Database database, AccountingFeature accounting, RoutingFeature routing) {
    store = new StoredFeedback(database);
    steps =
        new FeedbackSteps(
            AdminRequests.feedback(),
            accounting.ledger(),
            store,
            routing.bandits(),
            shared.clock(),
            shared.loops());
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    implicit = steps.implicit(() -> routing.feedback().implicit(), shared.memory(), salt);
    observer = shared.threads().make("feedback", implicit);
    count(shared.metrics());
  }

  private void count(Metrics metrics) {
    for (FeedbackSource source : FeedbackSource.values()) {
      if (source != FeedbackSource.CALLER) {
        metrics.counter(
            "serai.feedback.observed",
            "Observations of calls from which bandits learned, by what was observed",
            Map.of("source", source.label()),
            () -> implicit.given(source));
      }
    }
    metrics.counter(
        "serai.feedback.dropped",
        "Calls that were not observed, because too many waited for it",
        Map.of(),
        implicit::dropped);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(steps.byName());
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(implicit);
  }

  @Override
  public void start() {
    observer.start();
  }

  @Override
  public void close() {
    observer.stop();
    store.close();
  }
}
