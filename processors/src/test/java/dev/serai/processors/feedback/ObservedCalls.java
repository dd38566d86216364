package dev.serai.processors.feedback;

import dev.serai.core.bandit.BanditAlgorithm;
import dev.serai.core.bandit.BanditRules;
import dev.serai.core.bandit.RewardRules;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Usage;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackStore;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.request.Operation;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Plan;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageLedger;
import dev.serai.core.usage.UsageQuery;
import dev.serai.core.usage.UsageRecord;
import dev.serai.core.usage.UsageTotals;
import dev.serai.processors.routing.strategy.Bandits;
import dev.serai.processors.support.CallFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls whose model a bandit has chosen, in memory: a ledger that has them all, and a store that
 * shows the feedback in the order in which it comes. On a clock of their own.
 */
final class ObservedCalls implements UsageLedger, FeedbackStore {
  static final Candidate CHOSEN = new Candidate("p", "m");
  static final String MODEL = "smart";
  private static final long START = 1_700_000_000_000L;

  final AtomicLong millis = new AtomicLong(START);
  final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
  private final BlockingQueue<Feedback> given = new LinkedBlockingQueue<>();

  void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  /** A call that begins now. */
  Call begin(String id, String session, String prompt) {
    Message message = Message.of(Role.USER, List.of(new TextPart(prompt)));
    CallFixtures.Request request = new CallFixtures.Request(MODEL, false, List.of(message));
    Call call = new Call(id, request, new CallFixtures.Words(), () -> millis.get() * 1_000_000);
    call.setCaller(new Caller("shop", "key", session, ""));
    call.setPlan(
        new Plan(
            MODEL, List.of(CHOSEN), "alias smart", AttemptRules.DEFAULT, Optional.of(decision())));
    call.timeMillis(clock);
    call.beginAttempt(CHOSEN);
    call.recordToken();
    return call;
  }

  /** The bandits that learn from it. */
  Bandits bandits(Duration halfLife) {
    BanditRules rules =
        new BanditRules(BanditAlgorithm.POOLED, halfLife, 1_000, Double.POSITIVE_INFINITY, false);
    return new Bandits(new Bandits.Rules(rules, RewardRules.DEFAULT), () -> new Random(1), clock);
  }

  /** What the gateway takes feedback with. */
  ImplicitFeedback.Takes takes() {
    return new ImplicitFeedback.Takes(
        this, new FeedbackIntake(this, bandits(Duration.ZERO), clock), clock);
  }

  /** The feedback that comes next. */
  Feedback next() throws InterruptedException {
    Feedback next = given.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("there is no feedback");
    }
    return next;
  }

  private static Decision decision() {
    return new Decision(
        "bandit",
        Decision.Source.ALIAS,
        Decision.Choice.PRIMARY,
        List.of(CHOSEN),
        Optional.empty(),
        () -> 1);
  }

  @Override
  public List<UsageRecord> of(String id, Optional<String> tenant) {
    RecordedDecision decision =
        new RecordedDecision(
            "bandit",
            "alias",
            "alias smart",
            "primary",
            2,
            List.of(CHOSEN),
            "pooled",
            OptionalDouble.of(1),
            Optional.empty(),
            Optional.empty());
    return List.of(
        new UsageRecord(
            id,
            "",
            1,
            true,
            START,
            new Caller("shop", "key", "", ""),
            "openai",
            Operation.CHAT,
            MODEL,
            CHOSEN,
            Outcome.ANSWERED,
            Optional.empty(),
            Optional.empty(),
            true,
            true,
            Usage.of(1, 1),
            false,
            OptionalLong.empty(),
            1,
            OptionalLong.of(1),
            List.of(),
            Optional.of(decision)));
  }

  @Override
  public List<UsageRecord> rows(UsageQuery query) {
    throw new UnsupportedOperationException("observing does not read them");
  }

  @Override
  public List<List<UsageTotals>> totals(List<UsageQuery> queries) {
    throw new UnsupportedOperationException("observing does not read them");
  }

  @Override
  public Change put(Feedback feedback) {
    given.add(feedback);
    double after = feedback.isScore() ? feedback.value() : 1 + feedback.value();
    return new Change(OptionalDouble.empty(), OptionalDouble.of(after));
  }

  @Override
  public List<Entry> list(KeyQuery query) {
    throw new UnsupportedOperationException("observing does not read them");
  }
}
