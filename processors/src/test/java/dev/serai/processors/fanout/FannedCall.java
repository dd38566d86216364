package dev.serai.processors.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.core.call.AttemptCarrier;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.Usage;
import dev.serai.core.fanout.Aggregation;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.core.fanout.FanOutRules.Choice;
import dev.serai.core.fanout.JsonComparison;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.limit.Hold;
import dev.serai.core.net.DeadlineOverrides;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.routing.AttemptRules;
import dev.serai.core.routing.AttemptRules.HedgeRules;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Failover;
import dev.serai.core.routing.Plan;
import dev.serai.processors.routing.strategy.CandidateStats;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.ManualLoop;
import dev.serai.processors.support.RouteStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A call that fans out to three candidates, which do what the test says. It stands for the routes:
 * it calls the steps, and notes what the exchange of the call comes to.
 */
final class FannedCall {
  static final List<String> NAMES = List.of("a", "b", "c");

  /** Texts only. */
  private final JsonComparison texts =
      new JsonComparison() {
        @Override
        public Optional<String> form(String text) {
          comparedOnLoop &= Thread.currentThread() == test;
          return Optional.empty();
        }

        @Override
        public Merged merge(List<String> objects, List<Integer> weights) {
          throw new IllegalArgumentException("texts only");
        }
      };

  final ManualLoop loop = new ManualLoop();
  final Call call;
  final Exchange exchange;

  /** What the exchange of the call has come to; one entry unless it is delivered twice. */
  final List<String> outcomes = new ArrayList<>();

  /** What has been settled, released or aborted. */
  final List<String> log = new ArrayList<>();

  /** Whether each comparison was made on the thread of the test, which is that of the loop. */
  volatile boolean comparedOnLoop = true;

  private final Thread test = Thread.currentThread();
  private final Map<String, Sent> running = new HashMap<>();
  private final boolean abortable;
  private Runnable disconnect = () -> {};

  private record Sent(Exchange copy, AsyncCallback callback) {}

  /**
   * @param abortable whether the attempts end at once when they are aborted
   */
  FannedCall(Aggregation aggregation, int minResponses, boolean abortable) {
    this.abortable = abortable;
    AtomicLong clock = new AtomicLong(1);
    exchange = RouteStub.exchange(this::sent);
    call = new Call("req-1", new CallFixtures.Request("m"), new CallFixtures.Words(), clock::get);
    exchange.setProperty(ExchangeProperties.CALL, call);
    call.setPlan(
        new Plan(
            "sure",
            NAMES.stream().map(name -> new Candidate(name, "m")).toList(),
            "test",
            new AttemptRules(
                DeadlineOverrides.NONE,
                Failover.DEFAULT,
                OptionalInt.empty(),
                Map.of(),
                HedgeRules.OFF,
                new FanOutRules(
                    Optional.of(aggregation),
                    3,
                    minResponses,
                    Duration.ofSeconds(1),
                    "own",
                    new Choice("judge", Map.of("b/m", 3))))));
    new FanOut().process(exchange, _ -> delivered());
  }

  /** The route of the fan-out, and those of its branches. */
  private void sent(Exchange sent, AsyncCallback callback) {
    if (sent.getProperty(ExchangeProperties.INTERNAL, false, Boolean.class)) {
      sent.setProperty(ExchangeProperties.CALL, call);
      sent.getMessage().setBody(new ChatReply.Complete(CallFixtures.response(scores(sent))));
      callback.done(false);
      return;
    }
    if (sent != exchange) {
      branch(sent, callback);
      return;
    }
    new AskCandidates(loops(), new CandidateStats(() -> 1), new ByteLimit(1 << 20))
        .process(exchange, _ -> judge(callback));
  }

  private EventLoops loops() {
    return new EventLoops() {
      @Override
      public ScheduledExecutorService of(Exchange any) {
        return loop;
      }

      @Override
      public Runnable onDisconnect(Exchange waiting, Runnable action) {
        disconnect = action;
        return () -> disconnect = () -> {};
      }
    };
  }

  private void judge(AsyncCallback callback) {
    if (exchange.isFailed()) {
      callback.done(false);
      return;
    }
    new JudgeResponses(new Judge(() -> "judge-1", Random::new), loops())
        .process(
            exchange,
            _ -> {
              if (exchange.isFailed()) {
                callback.done(false);
              } else {
                new AggregateResponses(texts, loops()).process(exchange, callback);
              }
            });
  }

  private void branch(Exchange copy, AsyncCallback callback) {
    Call view = copy.getProperty(ExchangeProperties.CALL, Call.class);
    String name = view.current().candidate().provider();
    view.hold(hold(name + " call"));
    view.current().hold(hold(name));
    view.current().recordCarrier(carrier(name));
    copy.getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                log.add(name + " bytes released");
              }
            });
    running.put(name, new Sent(copy, callback));
  }

  private AttemptCarrier carrier(String name) {
    return new AttemptCarrier() {
      @Override
      public boolean isSent() {
        return true;
      }

      @Override
      public void abort(GatewayProblem why) {
        log.add(name + " aborted");
        if (abortable) {
          fails(name, why);
        }
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

  private void delivered() {
    outcomes.add(
        exchange.getMessage().getBody() instanceof ChatReply.Complete
            ? call.current().candidate().provider() + " serves"
            : exchange.getException(GatewayProblem.class).code());
  }

  void responds(String name, String text) {
    Sent sent = running.remove(name);
    if (sent != null) {
      Call view = sent.copy.getProperty(ExchangeProperties.CALL, Call.class);
      view.recordToken();
      view.current().recordReceived(text.length());
      view.current().recordUsage(Usage.of(5, 2));
      sent.copy.getMessage().setBody(new ChatReply.Complete(CallFixtures.response(text)));
      sent.callback.done(false);
    }
  }

  /** The judge likes "Yes." most. */
  private static String scores(Exchange judge) {
    String shown = new String(judge.getMessage().getBody(InboundRequest.class).body(), UTF_8);
    List<String> scores = new ArrayList<>();
    String[] responses = shown.split("Response [0-9]:");
    for (int i = 1; i < responses.length; i++) {
      scores.add(responses[i].contains("Yes.") ? "9" : "4.5");
    }
    return "{\"scores\": " + scores + "}";
  }

  void fails(String name) {
    fails(name, ProviderProblem.of(name, FailureCause.OVERLOADED, 500).code(name).build());
  }

  private void fails(String name, GatewayProblem why) {
    Sent sent = running.remove(name);
    if (sent != null) {
      sent.copy.getProperty(ExchangeProperties.CALL, Call.class).failAttempt(why);
      sent.copy.setException(why);
      sent.callback.done(false);
    }
  }

  /** The connection of the client closes. */
  void disconnects() {
    disconnect.run();
  }

  void clientLeaves() {
    disconnects();
    NAMES.forEach(name -> fails(name, CallerProblem.disconnected()));
  }

  /** Everything ends that has not ended, and then the exchange and the call. */
  void end() {
    loop.turn();
    NAMES.forEach(this::fails);
    loop.turn();
    Optional.ofNullable(exchange.getExchangeExtension().handoverCompletions())
        .ifPresent(left -> left.forEach(one -> one.onComplete(exchange)));
    call.end(exchange.isFailed() ? Call.Outcome.FAILED : Call.Outcome.ANSWERED, Optional.empty());
  }
}
