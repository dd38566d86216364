package dev.serai.processors.experiments;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.AssignedModel;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.processors.experiments.ShadowCalls.End;
import dev.serai.processors.support.DetachedExchange;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of a call, on an exchange of its own that runs through the route {@code shadow} with one
 * attempt: limits of keys and budgets are not asked, providers and the masking of requests are as
 * for the call. Its response is read to its end and dropped. Whatever goes wrong, it gives back its
 * place and its bytes, once. Confined to the event loop of its exchange.
 */
final class ShadowCall {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowCall.class);
  private static final String ROUTE = "direct:shadow";
  private static final double NANO = 1e-9;
  private static final int CHARS_PER_TOKEN = 4;

  private final ShadowCalls owner;
  private final Waiting copy;
  private final DetachedExchange detached;
  private boolean admitted;
  private boolean over;

  /** A copy that waits for its turn. */
  record Waiting(CopiedCall of, AssignedModel assigned, ByteHold bytes) {}

  private ShadowCall(ShadowCalls owner, Waiting copy) {
    this.owner = owner;
    this.copy = copy;
    detached = new DetachedExchange(new DefaultExchange(owner.gateway().routes().get()));
  }

  /** Begins a copy; false if that is not possible, so that it is over. */
  static boolean start(ShadowCalls owner, Waiting copy) {
    try {
      ShadowCall begun = new ShadowCall(owner, copy);
      begun.start();
      return true;
    } catch (RejectedExecutionException closed) {
      LOG.debug("the gateway stops; a copy of request {} is not sent", copy.of().requestId());
    } catch (RuntimeException e) { // the call has been answered, and other copies wait
      LOG.error("request {}: no copy of it could be sent", copy.of().requestId(), e);
    }
    copy.bytes().release();
    return false;
  }

  private void start() {
    try {
      loop().execute(this::run);
    } catch (RejectedExecutionException closed) {
      detached.finish();
      throw closed;
    }
  }

  private ScheduledExecutorService loop() {
    return owner.gateway().loops().of(detached.exchange());
  }

  private void run() {
    try {
      Optional<Call> made = owner.hasMoney() ? copy() : Optional.empty();
      if (made.isPresent()) {
        send(made.get());
      } else {
        finish(End.SKIPPED, 0);
      }
    } catch (RuntimeException e) { // no client waits for it
      LOG.error("request {}: no copy of it could be sent", copy.of().requestId(), e);
      finish(End.SKIPPED, 0);
    }
  }

  /** The copy; empty if the request cannot be read again. */
  private Optional<Call> copy() {
    ShadowCalls.Gateway gateway = owner.gateway();
    try {
      return Optional.of(
          copy.of().copy(copy.assigned(), gateway.ids(), gateway.ticker(), gateway.parameters()));
    } catch (GatewayProblem refused) {
      LOG.debug("a copy of request {} is not sent", copy.of().requestId(), refused);
      return Optional.empty();
    }
  }

  private void send(Call call) {
    Exchange exchange = detached.exchange();
    exchange.setProperty(ExchangeProperties.REQUEST_ID, call.requestId());
    exchange.setProperty(ExchangeProperties.CALLER, call.caller());
    exchange.setProperty(ExchangeProperties.CALL, call);
    exchange.setProperty(ExchangeProperties.SHADOW, this);
    detached.send(ROUTE, () -> onLoop(() -> ended(call)));
  }

  /** Admits the planned copy; false if the price of its model is unknown. */
  boolean admit(Call call) {
    if (cost(call.plan().candidates().getFirst(), Usage.of(1, 1)).isEmpty()) {
      return false;
    }
    call.hold(copy.bytes());
    call.lifecycle().onEnd(() -> settle(call));
    owner.gateway().admitted().accept(call);
    admitted = true;
    return true;
  }

  private void onLoop(Runnable action) {
    if (!EventLoops.run(loop(), action)) {
      LOG.debug("the gateway stops; a copy of request {} is not recorded", copy.of().requestId());
    }
  }

  /** The exchange has come back. */
  private void ended(Call call) {
    if (!admitted) {
      Exception why = detached.exchange().getException();
      LOG.debug("a copy of request {} is not sent", copy.of().requestId(), why);
      finish(End.SKIPPED, 0);
      return;
    }
    try {
      end(call);
    } catch (RuntimeException e) { // no client waits for it
      LOG.error("request {}: the copy of it failed", copy.of().requestId(), e);
      try {
        call.end(Outcome.FAILED, Optional.of(new InternalProblem(call.requestId())));
      } finally {
        finish(End.FAILED, 0);
      }
    }
  }

  private void end(Call call) {
    Exchange exchange = detached.exchange();
    Exception why = exchange.getException();
    if (why != null) {
      GatewayProblem problem =
          why instanceof GatewayProblem shown ? shown : new InternalProblem(call.requestId());
      call.end(Outcome.FAILED, Optional.of(problem));
    } else if (exchange.getMessage().getBody() instanceof ChatReply.Streaming streaming) {
      streaming.stream().open(call::observe);
    } else {
      call.end(Outcome.ANSWERED, Optional.empty());
    }
  }

  private boolean settle(Call call) {
    boolean answered = call.outcome().filter(Outcome.ANSWERED::equals).isPresent();
    double usd = 0;
    try {
      for (Attempt attempt : call.attempts()) {
        usd += usd(call, attempt);
      }
      owner.gateway().settled().settled(call);
    } finally {
      finish(answered ? End.ANSWERED : End.FAILED, usd);
    }
    return true;
  }

  /** A response without counts costs what its size lets expect. */
  private double usd(Call call, Attempt attempt) {
    boolean began = attempt.firstTokenNanos() != 0;
    Usage rough =
        Usage.of(call.request().bytes().length / CHARS_PER_TOKEN, Math.max(1, attempt.pieces()));
    Usage used = attempt.usage().orElse(began ? rough : Usage.of(0, 0));
    return cost(attempt.candidate(), used).orElse(0) * NANO;
  }

  private OptionalLong cost(Candidate candidate, Usage usage) {
    return owner.gateway().cost().apply(candidate, usage);
  }

  /** It is over; calls after the first one do nothing. */
  private void finish(End how, double usd) {
    if (over) {
      return;
    }
    over = true;
    try {
      detached.finish();
    } finally {
      copy.bytes().release();
      owner.over(how, usd);
    }
  }
}
