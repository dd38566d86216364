package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutResult;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a call that is asked of several candidates at once.
 *
 * <p>They <em>run</em> until enough have responded, none is left that could, or the deadline has
 * passed. From then on they are <em>over</em>: those that still run are recorded as overtaken and
 * aborted, and what they bring is dropped. Then one of the responses is chosen, or they are closed,
 * and nothing of the others is left. Everything happens on the event loop of the call; only the
 * responses are read and compared on another thread if they are long, while the call waits.
 */
final class Branches {
  private static final int FAILED = 502;
  private static final int LATE = 504;

  private final Call call;
  private final Exchange exchange;
  private final EventLoops loops;
  private final ScheduledExecutorService loop;
  private final FanOutRules rules;
  private final Aggregation aggregation;
  private final List<Branch> all = new ArrayList<>();
  private final List<Branch> running = new ArrayList<>();
  private final List<Branch> responded = new ArrayList<>();
  private Optional<GatewayProblem> lastFailure = Optional.empty();
  private Consumer<Optional<GatewayProblem>> then = _ -> {};
  private @Nullable Future<?> timer;
  private boolean late;
  private boolean over;
  private boolean served;
  private Optional<ResponsesToJudge> shown = Optional.empty();
  private Optional<JudgeScores> scores = Optional.empty();
  private @Nullable Decision decision;
  private Runnable stopListening = () -> {};

  /**
   * Which response becomes that of the call.
   *
   * @param merged that replaces it; empty if it stays as it is
   * @param how why it was chosen
   */
  record Decision(Branch chosen, Optional<ChatResponse> merged, FanOutResult how) {}

  private Branches(Call call, Exchange exchange, EventLoops loops) {
    this.call = call;
    this.exchange = exchange;
    this.loops = loops;
    this.loop = loops.of(exchange);
    this.rules = call.plan().rules().fanOut();
    this.aggregation = rules.aggregation().orElse(Aggregation.FIRST_WIN);
  }

  /** Begins the attempts of a call, of which nothing is sent yet. */
  static Branches of(Exchange exchange, EventLoops loops, ByteLimit memory) {
    Call call = Calls.of(exchange);
    Branches made = new Branches(call, exchange, loops);
    List<Call> views =
        FanOutAttempts.begin(
            call, call.plan().candidates().subList(0, Math.max(1, FanOutAttempts.width(call))));
    for (Call view : views) {
      made.all.add(new Branch(exchange, view, made.all.size(), memory));
    }
    return made;
  }

  /** Those of an exchange; empty if it has none. */
  static Optional<Branches> find(Exchange exchange) {
    return Optional.ofNullable(exchange.getProperty(ExchangeProperties.FAN_OUT, Branches.class));
  }

  List<Branch> all() {
    return all;
  }

  Aggregation aggregation() {
    return aggregation;
  }

  /** Those that have responded, in the order in which they did. */
  List<Branch> responded() {
    return responded;
  }

  /** Those that have responded, in the order of the plan. */
  List<Branch> inPlanOrder() {
    List<Branch> inOrder = new ArrayList<>(responded);
    inOrder.sort(Comparator.comparingInt(Branch::place));
    return inOrder;
  }

  /** The length of what is compared: of the responses as they came, and of the request. */
  long bytes() {
    long bytes = call.request().size();
    for (Branch branch : responded) {
      bytes += branch.attempt().receivedBytes();
    }
    return bytes;
  }

  /** The weight of the candidate of a branch. */
  int weight(Branch branch) {
    Candidate candidate = branch.attempt().candidate();
    return rules.choice().weight(candidate.provider(), candidate.model());
  }

  /** The model that judges the responses. */
  String judge() {
    return rules.choice().judge();
  }

  /** Notes what the judge sees; empty if it is not asked. */
  void show(Optional<ResponsesToJudge> made) {
    shown = made;
  }

  Optional<ResponsesToJudge> shown() {
    return shown;
  }

  /** The responses were judged, in the order of the plan. */
  void judged(JudgeScores made) {
    scores = Optional.of(made);
  }

  /** How they were judged; empty if they were not. */
  Optional<JudgeScores> scores() {
    return scores;
  }

  /** How many responded so far. */
  FanOutResult result() {
    return new FanOutResult(
        aggregation, all.size(), responded.size(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * Sends the requests of all.
   *
   * @param ready is called once, on the event loop, with why too few have responded; empty if
   *     enough have
   */
  void begin(Consumer<Optional<GatewayProblem>> ready) {
    then = ready;
    if (!EventLoops.run(loop, this::send)) {
      over = true;
      all.forEach(Branch::drop);
      ready.accept(Optional.of(CallerProblem.disconnected()));
    }
  }

  private void send() {
    running.addAll(all);
    stopListening = loops.onDisconnect(exchange, this::disconnected);
    if (!rules.deadline().isZero()) {
      timer = loop.schedule(this::due, rules.deadline().toNanos(), TimeUnit.NANOSECONDS);
    }
    for (Branch branch : all) {
      branch.send(() -> onLoop(() -> ended(branch)));
    }
  }

  /** Runs something on the event loop of the call, unless that is closed. */
  void onLoop(Runnable action) {
    EventLoops.run(loop, action);
  }

  private void due() {
    if (!over) {
      late = true;
      finish();
    }
  }

  /** The client has left: those that run or have responded are dropped. */
  private void disconnected() {
    if (!over) {
      GatewayProblem why = CallerProblem.disconnected();
      running.forEach(branch -> branch.abandon(why));
      running.clear();
      responded.forEach(branch -> branch.cancel(why));
      responded.clear();
      lastFailure = Optional.of(why);
      finish();
    }
  }

  /** The exchange of a branch has come back. */
  private void ended(Branch branch) {
    if (over) {
      branch.drop();
      return;
    }
    Optional<GatewayProblem> failure = branch.failure();
    if (failure.isEmpty() && branch.isStreaming() && aggregation != Aggregation.FIRST_WIN) {
      branch.collect(problem -> onLoop(() -> came(branch, problem)));
    } else {
      came(branch, failure);
    }
  }

  /** A branch has its response, or has failed. */
  private void came(Branch branch, Optional<GatewayProblem> failure) {
    if (over) {
      branch.drop();
      return;
    }
    running.remove(branch);
    if (failure.isPresent()) {
      lastFailure = failure;
      branch.drop();
      HedgedAttempts.follow(call, branch.call());
    } else {
      responded.add(branch);
      if (aggregation != Aggregation.FIRST_WIN) {
        branch.responded();
      }
    }
    boolean won = aggregation == Aggregation.FIRST_WIN && !responded.isEmpty();
    if (won || running.isEmpty()) {
      finish();
    }
  }

  private void finish() {
    over = true;
    stopListening.run();
    Future<?> set = timer;
    if (set != null) {
      set.cancel(false);
    }
    running.forEach(Branch::overtake);
    running.clear();
    then.accept(problem());
  }

  private Optional<GatewayProblem> problem() {
    int needed = aggregation == Aggregation.FIRST_WIN ? 1 : rules.minResponses();
    if (responded.size() >= Math.min(needed, all.size())) {
      return Optional.empty();
    }
    return responded.isEmpty() && lastFailure.isPresent() && !late
        ? lastFailure
        : Optional.of(tooFew(needed));
  }

  private ProviderProblem tooFew(int needed) {
    String provider = call.current().candidate().provider();
    FailureCause cause = late ? FailureCause.TIMEOUT : FailureCause.OVERLOADED;
    return ProviderProblem.of(provider, cause, late ? LATE : FAILED)
        .code("too_few_responses")
        .message(
            responded.size()
                + " of the "
                + all.size()
                + " candidates that were asked at once responded"
                + (late ? " in time" : "")
                + "; the model needs "
                + needed
                + ".")
        .build();
  }

  /** Notes which response becomes that of the call. */
  void decide(Decision made) {
    decision = made;
  }

  /** The response that was decided on becomes that of the call; the others are dropped. */
  void choose() {
    Decision made = decision;
    if (made == null) {
      throw new IllegalStateException("no response is chosen");
    }
    made.merged().ifPresent(made.chosen()::replace);
    call.lifecycle().recordFanOut(made.how());
    for (Branch branch : responded) {
      if (branch != made.chosen()) {
        branch.leave();
      }
    }
    made.chosen().serve(exchange, call);
    responded.clear();
    served = true;
  }

  /** Drops what is left of them; whether one serves the call. */
  boolean close() {
    if (!over) {
      then = _ -> {};
      finish();
    }
    responded.forEach(Branch::drop);
    responded.clear();
    return served;
  }
}
