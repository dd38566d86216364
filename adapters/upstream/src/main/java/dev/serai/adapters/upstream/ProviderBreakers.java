package dev.serai.adapters.upstream;

import dev.serai.core.limit.Hold;
import dev.serai.core.net.BreakerLimits;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breakers of one provider: its own, which counts calls that could not reach it, and
 * one for each model, which counts all other failures. So a model that fails does not stop the
 * calls to the others. A call is sent if both breakers admit it.
 *
 * <p>Names of models come from clients, so their number is bounded: beyond it the breakers of
 * models without a failure are forgotten, and if that does not help, the rest share one. Safe for
 * use by many threads.
 */
final class ProviderBreakers {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderBreakers.class);
  private static final int MAX_MODELS = 1_000;

  private final String provider;
  private final BreakerLimits limits;
  private final Ticker ticker;
  private final StoppedBreakers stopped;
  private final CircuitBreaker own;
  private final CircuitBreaker others;
  private final Map<String, CircuitBreaker> models = new ConcurrentHashMap<>();

  /**
   * @param stopped hears of each that opens
   */
  ProviderBreakers(String provider, BreakerLimits limits, Ticker ticker, StoppedBreakers stopped) {
    this.stopped = stopped;
    this.provider = provider;
    this.limits = limits;
    this.ticker = ticker;
    this.own = new CircuitBreaker(limits, ticker);
    this.others = new CircuitBreaker(limits, ticker);
  }

  /**
   * Takes a permit for a call; empty if a breaker refuses it.
   *
   * @param model the provider's name of the model; empty if the call has none
   * @param early whether the call has no other candidate, so that an open breaker may be probed
   *     before its time
   */
  Optional<Hold> admit(String model, boolean early) {
    int ofProvider = early ? own.admitEarly() : own.admit();
    if (ofProvider == CircuitBreaker.REFUSED) {
      return Optional.empty();
    }
    CircuitBreaker breaker = of(model);
    int ofModel = early ? breaker.admitEarly() : breaker.admit();
    if (ofModel == CircuitBreaker.REFUSED) {
      own.released(ofProvider);
      return Optional.empty();
    }
    return Optional.of(
        new BreakerPermit(this, ofProvider, new BreakerPermit.OfModel(model, breaker, ofModel)));
  }

  /** Counts a call that could not reach the provider. */
  void failed(int admitted, GatewayProblem why) {
    if (own.failed(admitted)) {
      stopped.opened(provider, own);
      LOG.warn("provider {}: circuit breaker opened: {}", provider, why.message());
    }
  }

  /** Counts a failed call to a model. */
  void failed(BreakerPermit.OfModel admitted, GatewayProblem why) {
    if (admitted.breaker().failed(admitted.epoch())) {
      stopped.opened(new Candidate(provider, admitted.model()), admitted.breaker());
      LOG.warn(
          "provider {}: circuit breaker of model {} opened: {}",
          provider,
          admitted.model(),
          why.message());
    }
  }

  /** Why a call to a model was refused. */
  GatewayProblem refusal(String model) {
    CircuitBreaker breaker = of(model);
    boolean probeable = own.wouldAdmitEarly() && breaker.wouldAdmitEarly();
    return own.state() == BreakerState.OPEN || breaker.state() == BreakerState.CLOSED
        ? UpstreamProblems.breakerOpen(provider, own.retryAfter(), probeable)
        : UpstreamProblems.modelBreakerOpen(provider, model, breaker.retryAfter(), probeable);
  }

  /** The states of the breakers of models that are not closed, by the provider's names of them. */
  Map<String, BreakerState> modelStates() {
    Map<String, BreakerState> states = new TreeMap<>();
    models.forEach(
        (model, breaker) -> {
          BreakerState state = breaker.state();
          if (state != BreakerState.CLOSED) {
            states.put(model, state);
          }
        });
    return states;
  }

  /** The number of models that have a breaker of their own. */
  int models() {
    return models.size();
  }

  /** The breaker of the provider itself. */
  CircuitBreaker own() {
    return own;
  }

  private CircuitBreaker of(String model) {
    CircuitBreaker known = models.get(model);
    if (known != null) {
      return known;
    }
    if (models.size() >= MAX_MODELS) {
      models.values().removeIf(CircuitBreaker::isSpotless);
    }
    return models.size() < MAX_MODELS
        ? models.computeIfAbsent(model, m -> new CircuitBreaker(limits, ticker))
        : others;
  }
}
