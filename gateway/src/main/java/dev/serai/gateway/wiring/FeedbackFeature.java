package dev.serai.gateway.wiring;

import dev.serai.gateway.management.AdminRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.feedback.StoredFeedback;
import dev.serai.processors.feedback.FeedbackSteps;
import java.util.Map;

/** Takes feedback about calls, and lets bandits learn from it. */
final class FeedbackFeature implements Feature {
  private final SharedParts shared;
  private final StoredFeedback store;
  private final AccountingFeature accounting;
  private final RoutingFeature routing;

  FeedbackFeature(
      SharedParts shared, Database database, AccountingFeature accounting, RoutingFeature routing) {
    this.shared = shared;
    this.accounting = accounting;
    this.routing = routing;
    store = new StoredFeedback(database);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(
        new FeedbackSteps(
                AdminRequests.feedback(),
                accounting.ledger(),
                store,
                routing.bandits(),
                shared.clock(),
                shared.loops())
            .byName());
  }

  @Override
  public void close() {
    store.close();
  }
}
