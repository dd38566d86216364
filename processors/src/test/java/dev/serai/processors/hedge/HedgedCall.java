package dev.serai.processors.hedge;

import dev.serai.core.call.AttemptCarrier;
import dev.serai.core.call.Call;
import dev.serai.core.call.CallBounds;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatStream;
import dev.serai.core.limit.Hold;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Plan;
import dev.serai.processors.retry.RetryBudget;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.ManualLoop;
import dev.serai.processors.support.RouteStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A call with two candidates, whose attempts do what the test says. It stands for the route: it
 * calls the steps, and notes what the exchange of the call comes to.
 */
final class HedgedCall {
  static final Candidate FIRST = new Candidate("first", "m");
  static final Candidate SECOND = new Candidate("second", "m");
  private static final HedgeRules HEDGING =
      HedgeRules.of(Duration.ofMillis(100), false, Duration.ofMillis(100));

  final ManualLoop loop = new ManualLoop();
  final AtomicLong clock = new AtomicLong(1);
  final CandidateStats stats = new CandidateStats(clock::get);
  final RetryBudget budget;

  /** What another thread does while the hedger reads the time. */
  Runnable meanwhile = () -> {};

  final CallHedger hedger;
  final Call call;
  final Exchange exchange;

  /** What the exchange of the call has come to; one entry unless it is delivered twice. */
  final List<String> outcomes = new ArrayList<>();

  /** What has been settled, released or cancelled, and which requests were aborted. */
  final List<String> log = new ArrayList<>();

  /** The providers whose responses are refusals. */
  final Set<String> refusing = new HashSet<>();

  private final boolean abortable;
  private boolean firstRuns = true;
  private Optional<Sent> second = Optional.empty();

  private record Sent(Exchange copy, AsyncCallback callback) {}

  /**
   * @param abortable whether the attempts end at once when they are aborted
   * @param percent the budget of hedges
   */
  HedgedCall(boolean abortable, int percent, HedgeRules rules) {
    this.abortable = abortable;
    exchange = RouteStub.exchange(this::sent);
    call = new Call("req-1", new CallFixtures.Request("m"), new CallFixtures.Words(), clock::get);
    exchange.setProperty(ExchangeProperties.CALL, call);
    call.describe(CallBounds.NONE, Refusal.UNWANTED);
    call.setPlan(
        new Plan(
            "fast",
            List.of(FIRST, SECOND),
            "test",
            new AttemptRules(
                DeadlineOverrides.NONE, Failover.DEFAULT, OptionalInt.empty(), Map.of(), rules)));
    budget = new RetryBudget(percent);
    hedger = new CallHedger(_ -> loop, stats, this::nanos, budget, _ -> 3);
    call.beginAttempt(FIRST);
    stats.begin(call.current());
    call.current().hold(hold("first"));
    hedger.watch(exchange, call);
  }

  static HedgedCall watched(boolean abortable) {
    HedgedCall call = new HedgedCall(abortable, 100, HEDGING);
    call.sendFirst();
    return call;
  }

  private long nanos() {
    meanwhile.run();
    return clock.get();
  }

  /** The request of the first attempt is sent. */
  void sendFirst() {
    call.current().recordCarrier(carrier("first", this::firstFails));
  }

  private void sent(Exchange copy, AsyncCallback callback) {
    Call beside = copy.getProperty(ExchangeProperties.CALL, Call.class);
    beside.hold(hold("call"));
    beside.current().hold(hold("second"));
    beside.current().recordCarrier(carrier("second", this::secondFails));
    copy.getExchangeExtension().addOnCompletion(released("bytes"));
    second = Optional.of(new Sent(copy, callback));
  }

  private AttemptCarrier carrier(String name, java.util.function.Consumer<GatewayProblem> fails) {
    return new AttemptCarrier() {
      @Override
      public boolean isSent() {
        return true;
      }

      @Override
      public void abort(GatewayProblem why) {
        log.add(name + " aborted");
        if (abortable) {
          fails.accept(why);
        }
      }
    };
  }

  private Synchronization released(String name) {
    return new SynchronizationAdapter() {
      @Override
      public void onDone(Exchange done) {
        log.add(name + " released");
      }
    };
  }

  private Hold hold(String name) {
    return new Hold() {
      @Override
      protected void onSettle(Optional<GatewayProblem> problem) {
        log.add(name + " settled");
      }

      @Override
      protected void onRelease() {
        log.add(name + " released");
      }
    };
  }

  private ChatReply stream(String name) {
    return new ChatReply.Streaming(
        new ChatStream() {
          @Override
          public void open(Reader reader) {}

          @Override
          public void pause() {}

          @Override
          public void resume() {}

          @Override
          public void cancel() {
            log.add(name + " cancelled");
          }

          @Override
          public String toString() {
            return name;
          }
        });
  }

  /** The first attempt is late. */
  void late() {
    clock.addAndGet(Duration.ofMillis(100).toNanos());
    loop.elapse();
  }

  void firstResponds() {
    Optional<GatewayProblem> refused = firstRuns ? refused(exchange, "first") : Optional.empty();
    if (refused.isPresent()) {
      exchange.setException(null);
      firstFails(refused.get());
    } else if (firstRuns) {
      firstRuns = false;
      exchange.getMessage().setBody(stream("first"));
      new SettleHedge().process(exchange);
      served();
    }
  }

  void firstFails() {
    firstFails(problem("first"));
  }

  private void firstFails(GatewayProblem why) {
    if (firstRuns) {
      firstRuns = false;
      call.failAttempt(why);
      CallHedger.After after = CallHedger.failed(exchange, why, this::goesOn);
      if (after == CallHedger.After.ALONE) {
        goesOn(Optional.of(why));
      }
    }
  }

  private void goesOn(Optional<GatewayProblem> failure) {
    failure.ifPresentOrElse(
        why -> outcomes.add("failed, last " + call.current().candidate().provider()), this::served);
  }

  private void served() {
    ChatReply.Streaming body = (ChatReply.Streaming) exchange.getMessage().getBody();
    outcomes.add(body.stream() + " serves");
  }

  boolean isHedged() {
    return second.isPresent();
  }

  void secondResponds() {
    second.ifPresent(
        sent -> {
          Optional<GatewayProblem> refused = refused(sent.copy, "second");
          if (refused.isPresent()) {
            secondFails(refused.get());
          } else {
            second = Optional.empty();
            sent.copy.getMessage().setBody(stream("second"));
            sent.callback.done(false);
          }
        });
  }

  void secondFails() {
    secondFails(problem("second"));
  }

  private void secondFails(GatewayProblem why) {
    second.ifPresent(
        sent -> {
          second = Optional.empty();
          sent.copy.getProperty(ExchangeProperties.CALL, Call.class).failAttempt(why);
          sent.copy.setException(why);
          sent.callback.done(false);
        });
  }

  /** The upstream calls of both attempts notice that the client has gone. */
  void clientLeaves() {
    firstFails(dev.serai.core.problem.CallerProblem.disconnected());
    secondFails(dev.serai.core.problem.CallerProblem.disconnected());
  }

  /** Everything ends that has not ended, and then the exchange and the call. */
  void end() {
    loop.turn();
    firstFails();
    secondFails();
    loop.turn();
    List<Synchronization> left = exchange.getExchangeExtension().handoverCompletions();
    if (left != null) {
      left.forEach(one -> one.onComplete(exchange));
    }
    call.end(Call.Outcome.ANSWERED, Optional.empty());
  }

  /** What check-response does with the response of an attempt, if it is a refusal. */
  private Optional<GatewayProblem> refused(Exchange of, String name) {
    return refusing.contains(name) ? Refusal.check(of) : Optional.empty();
  }

  private static GatewayProblem problem(String provider) {
    return ProviderProblem.of(provider, FailureCause.OVERLOADED, 500).build();
  }
}
