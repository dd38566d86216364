package dev.serai.gateway.wiring;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.CallListener;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.gateway.edge.request.RequestIds;
import dev.serai.gateway.guard.AskedFormat;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.feedback.StoredFeedback;
import dev.serai.processors.feedback.FeedbackSteps;
import dev.serai.processors.feedback.ImplicitFeedback;
import dev.serai.processors.feedback.JudgedCalls;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Takes feedback about calls, and lets bandits learn from it. */
final class FeedbackFeature implements Feature {
  private static final int SALT_BYTES = 16;

  private final StoredFeedback store;
  private final FeedbackSteps steps;
  private final ImplicitFeedback implicit;
  private final BackgroundThread observer;
  private final JudgedCalls judged;
  private final BackgroundThread judge;

  /**
   * @param routes where the routes run
   */
  FeedbackFeature(
      SharedParts shared,
      Database database,
      AccountingFeature accounting,
      RoutingFeature routing,
      PrivacyFeature privacy,
      Supplier<CamelContext> routes) {
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
    implicit =
        steps.implicit(
            () -> routing.feedback().implicit(), shared.memory(), salt, new AskedFormat());
    observer = shared.threads().make("feedback", implicit);
    RequestIds ids = shared.requestIds();
    JudgedCalls.Gateway gateway =
        new JudgedCalls.Gateway(
            routes,
            shared.loops(),
            ids::next,
            shared.random(),
            shared.catalogue()::costNanoUsd,
            privacy.rules()::isSame);
    judged = steps.judged(() -> routing.feedback().judge(), gateway, shared.memory());
    judge = shared.threads().make("judge", judged);
    count(shared.metrics());
  }

  private void count(Metrics metrics) {
    for (FeedbackSource source : FeedbackSource.values()) {
      if (source != FeedbackSource.CALLER && source != FeedbackSource.JUDGE) {
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
    for (JudgedCalls.End how : JudgedCalls.End.values()) {
      metrics.counter(
          "serai.feedback.judged",
          "Calls that were drawn to be scored by a judge, by what has become of it",
          Map.of("outcome", how.label()),
          () -> judged.count(how));
    }
  }

  @Override
  public Map<String, Object> beans() {
    Map<String, Object> beans = new HashMap<>(steps.byName());
    beans.putAll(FeedbackSteps.ofChat(judged, implicit));
    return beans;
  }

  @Override
  public List<CallListener> listeners() {
    return List.of(implicit);
  }

  @Override
  public void start() {
    observer.start();
    judge.start();
  }

  @Override
  public void close() {
    observer.stop();
    judge.stop();
    store.close();
  }
}
