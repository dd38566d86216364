package dev.serai.processors.feedback;

import dev.serai.config.feedback.ImplicitFeedbackSettings;
import dev.serai.config.feedback.JudgeSettings;
import dev.serai.core.feedback.FeedbackRequest;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.feedback.FormatCheck;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.usage.UsageLedger;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Processor;

/** Makes the steps that take and list feedback. Immutable; the steps are thread-safe. */
public final class FeedbackSteps {
  private final FeedbackRequest.Reader reader;
  private final UsageLedger ledger;
  private final FeedbackStore store;
  private final Bandits bandits;
  private final InstantSource clock;
  private final EventLoops loops;

  /**
   * @param ledger has the calls
   * @param bandits learn from scores
   */
  public FeedbackSteps(
      FeedbackRequest.Reader reader,
      UsageLedger ledger,
      FeedbackStore store,
      Bandits bandits,
      InstantSource clock,
      EventLoops loops) {
    this.reader = reader;
    this.ledger = ledger;
    this.store = store;
    this.bandits = bandits;
    this.clock = clock;
    this.loops = loops;
  }

  /** The steps by the name that routes use. */
  public Map<String, Processor> byName() {
    return Map.of(
        "give-feedback", new GiveFeedback(reader, ledger, intake(), clock, loops),
        "list-feedback", new ListFeedback(store, loops));
  }

  private FeedbackIntake intake() {
    return new FeedbackIntake(store, bandits, clock);
  }

  /**
   * What lets a model score some of the calls.
   *
   * @param settings how many it scores, asked for each call
   * @param memory that the responses are taken from which wait for it
   */
  public JudgedCalls judged(
      Supplier<JudgeSettings> settings, JudgedCalls.Gateway gateway, ByteLimit memory) {
    return new JudgedCalls(
        settings, gateway, memory, new ImplicitFeedback.Takes(ledger, intake(), clock));
  }

  /** The steps of the route {@code chat} for responses that are kept, by the name that it uses. */
  public static Map<String, Processor> ofChat(JudgedCalls judged, ImplicitFeedback implicit) {
    return Map.of(
        "sample-call",
        new SampleCall(judged, implicit),
        "keep-response",
        new KeepResponse(judged, implicit));
  }

  /**
   * What observes calls, and gives feedback on them.
   *
   * @param settings what it observes, asked for each call
   * @param memory that the requests and responses are taken from which wait for it
   * @param salt of the hashes of prompts: random bytes
   * @param formats compares responses with what was asked for
   */
  public ImplicitFeedback implicit(
      Supplier<ImplicitFeedbackSettings> settings,
      ByteLimit memory,
      byte[] salt,
      FormatCheck formats) {
    return new ImplicitFeedback(
        settings, memory, new ImplicitFeedback.Takes(ledger, intake(), clock), salt, formats);
  }
}
