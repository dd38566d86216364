package dev.serai.processors.experiments;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallBounds;
import dev.serai.core.call.CallListener;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.Assigned;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.InternalProblem;
import dev.serai.core.routing.Candidate;
import dev.serai.core.time.Ticker;
import dev.serai.processors.experiments.ShadowCalls.End;
import dev.serai.processors.support.DetachedExchange;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of a call, on an exchange of its own that runs through the route {@code shadow} with one
 * attempt: limits of keys and budgets are not asked, providers and the masking of requests are as
 * for the call. Its response is read to its end and dropped. Confined to the event loop of its
 * exchange.
 */
public final class ShadowCall {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowCall.class);
  private static final String ROUTE = "direct:shadow";
  private static final double NANO = 1e-9;
  private static final int CHARS_PER_TOKEN = 4;

  private final ShadowCalls owner;
  private final Gateway gateway;
  private final Call copied;
  private final Assigned assigned;
  private final ByteHold bytes;
  private final DetachedExchange detached;
  private boolean admitted;

  /**
   * Where copies run and what is kept of them.
   *
   * @param routes where the routes run
   * @param ids makes the IDs of calls
   * @param admitted receives a copy before it is sent
   * @param settled receives a copy that has ended
   * @param cost of an attempt in nano US dollars (1e-9 USD); empty if its price is unknown
   * @param parameters of an alias, for requests that do not set them
   */
  public record Gateway(
      Supplier<CamelContext> routes,
      EventLoops loops,
      Ticker ticker,
      Supplier<String> ids,
      Consumer<Call> admitted,
      CallListener settled,
      BiFunction<Candidate, Usage, OptionalLong> cost,
      Function<String, DefaultParameters> parameters) {}

  ShadowCall(ShadowCalls owner, Call copied, Assigned assigned, ByteHold bytes) {
    this.owner = owner;
    this.gateway = owner.gateway();
    this.copied = copied;
    this.assigned = assigned;
    this.bytes = bytes;
    detached = new DetachedExchange(new DefaultExchange(gateway.routes().get()));
  }

  /** Begins; false if the gateway stops, so that it is over. */
  boolean start() {
    try {
      loop().execute(this::run);
      return true;
    } catch (RejectedExecutionException closed) {
      LOG.debug("the gateway stops; a copy of a call is not sent", closed);
      detached.finish();
      bytes.release();
      return false;
    }
  }

  private ScheduledExecutorService loop() {
    return gateway.loops().of(detached.exchange());
  }

  private void run() {
    Optional<Call> made = owner.hasMoney() ? copy() : Optional.empty();
    if (made.isEmpty()) {
      skip();
      return;
    }
    Call call = made.get();
    Exchange exchange = detached.exchange();
    exchange.setProperty(ExchangeProperties.REQUEST_ID, call.requestId());
    exchange.setProperty(ExchangeProperties.CALLER, call.caller());
    exchange.setProperty(ExchangeProperties.CALL, call);
    exchange.setProperty(ExchangeProperties.SHADOW, this);
    detached.send(ROUTE, () -> onLoop(() -> ended(call)));
  }

  /** The copy; empty if the request cannot be read again. */
  private Optional<Call> copy() {
    InboundRequest inbound = assigned.request().orElseThrow();
    byte[] body =
        copied.surface().withDefaults(inbound.body(), gateway.parameters().apply(assigned.model()));
    try {
      Call call =
          new Call(
              gateway.ids().get(),
              copied.surface().readRequest(inbound.with(body)),
              copied.surface(),
              gateway.ticker());
      call.setCaller(copied.caller());
      call.describe(new CallBounds(copied.bounds().timeout(), 1), copied.criteria());
      call.setClientHeaders(copied.clientHeaders());
      call.assign(assigned);
      return Optional.of(call);
    } catch (GatewayProblem refused) {
      LOG.debug("a copy of request {} is not sent", copied.requestId(), refused);
      return Optional.empty();
    }
  }

  /** Admits the planned copy; false if the price of its model is unknown. */
  boolean admit(Call call) {
    if (cost(call.plan().candidates().getFirst(), Usage.of(1, 1)).isEmpty()) {
      return false;
    }
    admitted = true;
    call.hold(bytes);
    gateway.admitted().accept(call);
    call.lifecycle().onEnd(() -> settle(call));
    return true;
  }

  private void onLoop(Runnable action) {
    try {
      loop().execute(action);
    } catch (RejectedExecutionException closed) {
      LOG.debug("the gateway stops; a copy of a call is not recorded", closed);
    }
  }

  /** The exchange has come back. */
  private void ended(Call call) {
    Exchange exchange = detached.exchange();
    if (!admitted) {
      LOG.debug("a copy of request {} is not sent", copied.requestId(), exchange.getException());
      skip();
      return;
    }
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
    detached.finish();
    double usd = 0;
    for (Attempt attempt : call.attempts()) {
      usd += usd(call, attempt);
    }
    gateway.settled().settled(call);
    boolean answered = call.outcome().filter(Outcome.ANSWERED::equals).isPresent();
    owner.over(answered ? End.ANSWERED : End.FAILED, usd);
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
    return gateway.cost().apply(candidate, usage);
  }

  private void skip() {
    detached.finish();
    bytes.release();
    owner.over(End.SKIPPED, 0);
  }
}
