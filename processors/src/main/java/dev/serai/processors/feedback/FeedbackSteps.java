package dev.serai.processors.feedback;

import dev.serai.core.feedback.FeedbackRequest;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.usage.UsageLedger;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that take and list feedback. The steps are thread-safe. */
public final class FeedbackSteps {
  private FeedbackSteps() {}

  /**
   * What the steps work with.
   *
   * @param ledger has the calls
   * @param bandits learn from scores
   */
  public record Parts(
      FeedbackRequest.Reader reader,
      UsageLedger ledger,
      FeedbackStore store,
      Bandits bandits,
      InstantSource clock) {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(Parts parts, EventLoops loops) {
    return Map.of(
        "give-feedback", new GiveFeedback(parts, loops),
        "list-feedback", new ListFeedback(parts.store(), loops));
  }
}
