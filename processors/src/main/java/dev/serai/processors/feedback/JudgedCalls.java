package dev.serai.processors.feedback;

import dev.serai.config.feedback.JudgeSettings;
import dev.serai.core.background.BackgroundQueue;
import dev.serai.core.background.BackgroundTask;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.chat.Usage;
import dev.serai.core.feedback.Feedback;
import dev.serai.core.feedback.FeedbackSource;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.limit.DailySpend;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.usage.UsageRecord;
import dev.serai.processors.fanout.ResponseJudge;
import dev.serai.processors.support.EventLoops;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a model score a sample of the calls whose model a bandit has chosen, after they have been
 * answered: no client waits for it. How many wait, what they hold in memory, how many are scored in
 * a minute and what that costs in a day is bounded; others are skipped, and counted. Thread-safe.
 */
public final class JudgedCalls implements BackgroundTask {
  /** The tenant that the calls to the judge are recorded under. */
  public static final String TENANT = "serai";

  private static final Logger LOG = LoggerFactory.getLogger(JudgedCalls.class);
  private static final int MAX_WAITING = 64;
  private static final long MINUTE = 60_000;
  private static final double NANO = 1e-9;
  private static final double PERCENT = 100;

  /** What has become of a call that was drawn. */
  public enum End {
    /** It has a score. */
    SCORED,
    /** The model has failed, or gave no score. */
    FAILED,
    /** A bound is reached, or its response could not be kept. */
    SKIPPED;

    /** Its name in metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where calls to the judge run.
   *
   * @param routes where the routes run
   * @param ids makes the IDs of calls
   * @param random draws the sample
   * @param cost of an attempt in nano US dollars (1e-9 USD); empty if its price is unknown
   * @param samePrivacy whether the requests of both tenants are masked in the same way
   */
  public record Gateway(
      Supplier<CamelContext> routes,
      EventLoops loops,
      Supplier<String> ids,
      Supplier<RandomGenerator> random,
      BiFunction<Candidate, Usage, OptionalLong> cost,
      BiPredicate<String, String> samePrivacy) {}

  private final Supplier<JudgeSettings> settings;
  private final Gateway gateway;
  private final ByteLimit memory;
  private final ImplicitFeedback.Takes takes;
  private final DailySpend spent = new DailySpend();
  private final BackgroundQueue<Runnable> tasks = new BackgroundQueue<>(Runnable::run);
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong minute = new AtomicLong();
  private final AtomicInteger inMinute = new AtomicInteger();
  private final AtomicLongArray ended = new AtomicLongArray(End.values().length);

  JudgedCalls(
      Supplier<JudgeSettings> settings,
      Gateway gateway,
      ByteLimit memory,
      ImplicitFeedback.Takes takes) {
    this.settings = settings;
    this.gateway = gateway;
    this.memory = memory;
    this.takes = takes;
  }

  /** How many of the calls that were drawn have ended so. */
  public long count(End how) {
    return ended.get(how.ordinal());
  }

  /** Whether a planned call is to be scored. */
  boolean draws(Call call) {
    JudgeSettings rules = settings.get();
    if (rules.model().isEmpty()
        || !EndedCall.isPlanned(call)
        || gateway.random().get().nextDouble() * PERCENT >= rules.samplePercent().doubleValue()
        || !gateway.samePrivacy().test(call.caller().tenant(), TENANT)) {
      return false;
    }
    boolean may = hasMoney(rules) && pending.get() < MAX_WAITING && isInTime(rules);
    if (!may) {
      ended.incrementAndGet(End.SKIPPED.ordinal());
    }
    return may;
  }

  private boolean hasMoney(JudgeSettings rules) {
    return spent.today(takes.clock().millis()) < rules.usdPerDay().doubleValue();
  }

  /** At the change of a minute, a few more may be drawn. */
  private boolean isInTime(JudgeSettings rules) {
    long now = takes.clock().millis() / MINUTE;
    if (minute.getAndSet(now) != now) {
      inMinute.set(0);
    }
    return inMinute.incrementAndGet() <= rules.maxPerMinute();
  }

  /** What keeps the response of a call that was drawn. */
  KeptResponse keep(Call call) {
    return new KeptResponse(
        call, memory.hold(), this::offer, () -> ended.incrementAndGet(End.SKIPPED.ordinal()));
  }

  private void offer(KeptResponse.Kept call) {
    if (pending.incrementAndGet() > MAX_WAITING) {
      over(call, End.SKIPPED);
    } else {
      tasks.add(() -> ask(call));
    }
  }

  /** Asks for scores and takes them, until the thread is stopped. */
  @Override
  public void run(BackgroundThread thread) {
    tasks.run(thread);
  }

  private void ask(KeptResponse.Kept call) {
    boolean sent = false;
    try {
      sent = send(call);
    } catch (GatewayProblem unreadable) {
      LOG.debug("request {}: its response is not scored", call.requestId(), unreadable);
    } finally {
      if (!sent) {
        over(call, End.SKIPPED);
      }
    }
  }

  /** Sends the call to the judge; false if that is not possible. */
  private boolean send(KeptResponse.Kept call) {
    Optional<String> model = settings.get().model();
    if (model.isEmpty()) {
      return false;
    }
    byte[] request =
        ResponseJudge.request(model.get(), call.regions(), call.request(), call.response().get());
    Exchange exchange = new DefaultExchange(gateway.routes().get());
    ResponseJudge.Question made = new ResponseJudge.Question(gateway.ids().get(), TENANT, request);
    return EventLoops.run(
        gateway.loops().of(exchange),
        () ->
            ResponseJudge.ask(
                exchange,
                made,
                (judge, score) -> tasks.add(() -> take(call, made.id(), judge, score))));
  }

  private void take(KeptResponse.Kept call, String id, Optional<Call> judge, OptionalDouble score) {
    judge.ifPresent(made -> spent.spend(usd(made), takes.clock().millis()));
    boolean scored = false;
    try {
      if (score.isPresent()) {
        give(call.requestId(), score.getAsDouble());
        scored = true;
      } else {
        LOG.warn(
            "request {}: the judge {} gave no score (request {})",
            call.requestId(),
            settings.get().model().orElse(""),
            id);
      }
    } catch (GatewayProblem unavailable) {
      LOG.debug("request {}: its score is not stored", call.requestId(), unavailable);
    } finally {
      over(call, scored ? End.SCORED : End.FAILED);
    }
  }

  private void give(String requestId, double score) {
    List<UsageRecord> rows = takes.ledger().of(requestId, Optional.empty());
    if (!rows.isEmpty() && FeedbackIntake.isLearned(rows)) {
      UsageRecord last = rows.getLast();
      Feedback.Subject about = new Feedback.Subject(last.requestId(), last.caller().tenant());
      takes
          .intake()
          .take(
              rows, Feedback.observed(FeedbackSource.JUDGE, about, score, takes.clock().millis()));
    }
  }

  private double usd(Call judge) {
    double nano = 0;
    for (Attempt attempt : judge.attempts()) {
      Usage used = attempt.usage().orElse(Usage.NONE);
      nano += gateway.cost().apply(attempt.candidate(), used).orElse(0);
    }
    return nano * NANO;
  }

  private void over(KeptResponse.Kept call, End how) {
    call.bytes().release();
    pending.decrementAndGet();
    ended.incrementAndGet(how.ordinal());
  }
}
