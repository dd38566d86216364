package dev.serai.processors.admission;

import static java.time.ZoneOffset.UTC;

import dev.serai.config.limit.LimitSettings;
import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.limit.Admission;
import dev.serai.core.limit.Hold;
import dev.serai.core.limit.Limit;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.rate.RateDecision;
import dev.serai.core.rate.RateDemand;
import dev.serai.core.rate.RateReading;
import dev.serai.core.rate.RateRule;
import dev.serai.core.rate.RateStore;
import dev.serai.core.rate.Window.Unit;
import dev.serai.core.request.ModelRequest;
import dev.serai.core.routing.Candidate;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Applies the limits of requests, tokens and concurrent calls. A call takes a request, the tokens
 * that it is expected to use and a place among the concurrent calls from every window at once, or
 * nothing. Limits of callers count a call once, limits of providers every attempt. Thread-safe.
 */
public final class RateLimit implements Limit {
  private static final Admission UNLIMITED = new Admission.Admitted(Hold.NONE);

  private final RateStore store;
  private final InstantSource clock;
  private final Consumer<RateRule> refusals;
  private final TokenForecast forecast = new TokenForecast();
  private volatile RateRules rules;

  /**
   * @param refusals receives the limit of every call or attempt that is refused
   */
  public RateLimit(
      LimitSettings settings, RateStore store, InstantSource clock, Consumer<RateRule> refusals) {
    this.rules = new RateRules(settings);
    this.store = store;
    this.clock = clock;
    this.refusals = refusals;
  }

  /** Replaces the limits; what has been taken still counts. */
  public void replace(LimitSettings settings) {
    rules = new RateRules(settings);
  }

  @Override
  public Admission admit(Caller caller, ModelRequest request) {
    RateRules now = rules;
    return now.isUnlimited(caller.identity())
        ? UNLIMITED
        : admit(now.of(caller.identity(), request.model()), expected(request));
  }

  private RateHold.Expected expected(ModelRequest request) {
    return new RateHold.Expected(TokenForecast.input(request), forecast.output(request), forecast);
  }

  private Admission admit(List<RateRule> applied, RateHold.Expected expected) {
    if (applied.isEmpty()) {
      return UNLIMITED;
    }
    List<RateDemand> demands = demands(applied, expected);
    return switch (store.take(demands)) {
      case RateDecision.Taken taken ->
          new Admission.Admitted(new RateHold(store, demands, taken.day(), expected));
      case RateDecision.Refused refused -> {
        refusals.accept(refused.rule());
        yield new Admission.Refused(RateRefusal.ofCall(refused, clock.instant()));
      }
      case RateDecision.Full _ -> new Admission.Refused(RateRefusal.full());
    };
  }

  /**
   * Takes the tokens of the messages that the session of an admitted call has put before its
   * request, whether the windows have them or not. The call settles them.
   */
  void takeRecalled(Call call) {
    RateRules now = rules;
    long input = TokenForecast.input(call.request()) - TokenForecast.input(call.asked());
    if (input <= 0 || now.isUnlimited(call.caller().identity())) {
      return;
    }
    List<RateDemand> demands = new ArrayList<>(2);
    for (RateRule rule : now.of(call.caller().identity(), call.request().model())) {
      Unit unit = rule.window().unit();
      if (unit == Unit.TOKENS || unit == Unit.INPUT_TOKENS) {
        demands.add(new RateDemand(rule, input));
      }
    }
    if (!demands.isEmpty()) {
      call.hold(
          RecalledHold.take(
              store, demands, LocalDate.ofInstant(clock.instant(), UTC).toEpochDay()));
    }
  }

  /**
   * Takes the limits of the current attempt's provider and model, which the attempt settles.
   *
   * @throws ProviderProblem 429 if one of them refuses; another candidate may be tried
   */
  public void admitAttempt(Call call) {
    RateRules now = rules;
    if (!now.limitAttempts()) {
      return;
    }
    Candidate candidate = call.current().candidate();
    List<RateRule> applied = now.of(candidate, call.request().model());
    if (applied.isEmpty()) {
      return;
    }
    RateHold.Expected expected = expected(call.request());
    List<RateDemand> demands = demands(applied, expected);
    switch (store.take(demands)) {
      case RateDecision.Taken taken ->
          call.current().hold(new RateHold(store, demands, taken.day(), expected));
      case RateDecision.Refused refused -> {
        refusals.accept(refused.rule());
        throw RateRefusal.ofAttempt(candidate.provider(), refused, clock.instant());
      }
      case RateDecision.Full _ -> throw RateRefusal.full();
    }
  }

  private static List<RateDemand> demands(List<RateRule> applied, RateHold.Expected expected) {
    List<RateDemand> demands = new ArrayList<>(applied.size());
    for (int i = 0; i < applied.size(); i++) {
      RateRule rule = applied.get(i);
      demands.add(new RateDemand(rule, amount(rule.window().unit(), expected)));
    }
    return demands;
  }

  private static long amount(Unit unit, RateHold.Expected expected) {
    return switch (unit) {
      case REQUESTS, CONCURRENT -> 1;
      case INPUT_TOKENS -> expected.input();
      case OUTPUT_TOKENS -> expected.output();
      case TOKENS -> expected.input() + expected.output();
    };
  }

  /** What is left of the caller's own limits; empty if it has none. */
  public List<RateReading> left(Identity identity) {
    RateRules now = rules;
    return now.isUnlimited(identity) ? List.of() : store.read(now.ofCaller(identity));
  }
}
