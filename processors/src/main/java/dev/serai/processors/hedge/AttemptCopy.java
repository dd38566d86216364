package dev.serai.processors.hedge;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.processors.retry.RouteFailure;
import dev.serai.processors.support.DetachedExchange;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * An attempt of a call that runs beside others, on a copy of its exchange that runs through a route
 * of its own. What the copy holds is released with it, or given to the exchange of the call.
 * Confined to the event loop of the call.
 */
public final class AttemptCopy {
  private final Exchange copy;
  private final Call beside;
  private final String route;
  private final DetachedExchange detached;

  /**
   * @param beside the call as the attempt sees it
   * @param route that sends it, without {@code direct:}
   */
  public AttemptCopy(Exchange exchange, Call beside, String route) {
    this.beside = beside;
    this.route = route;
    copy = exchange.copy();
    copy.setProperty(ExchangeProperties.CALL, beside);
    copy.setProperty(ExchangeProperties.ADAPTER, beside.current().candidate().provider());
    copy.removeProperty(ExchangeProperties.HEDGE_RACE);
    detached = new DetachedExchange(copy);
  }

  /** The call as the attempt sees it. */
  public Call call() {
    return beside;
  }

  /**
   * Sends it.
   *
   * @param ended is called once, on any thread
   */
  public void send(Runnable ended) {
    detached.send("direct:" + route, ended);
  }

  /** Why it has failed; empty if it has a response. */
  public Optional<GatewayProblem> failure() {
    Exception why = copy.getException();
    if (why == null) {
      return Optional.empty();
    }
    if (!(why instanceof GatewayProblem problem)) {
      ProviderProblem failed =
          RouteFailure.of(beside.current().candidate().provider(), "the route " + route, why);
      beside.failAttempt(failed);
      return Optional.of(failed);
    }
    return Optional.of(problem);
  }

  /** Ends it because the other attempt was faster. */
  public void overtake() {
    abandon(HedgedAttempts.overtaken(beside.current()));
  }

  /** Ends it, if it has not ended, and its upstream call. */
  public void abandon(GatewayProblem why) {
    Attempt attempt = beside.current();
    if (attempt.endNanos() == 0) {
      beside.failAttempt(why);
    }
    attempt.carrier().ifPresent(carrier -> carrier.abort(why));
  }

  /** Drops its response. */
  public void drop() {
    discard(copy);
    finish();
  }

  /** Gives its response to the exchange of the call, and what the response holds. */
  public void giveTo(Exchange exchange) {
    exchange.setException(null);
    exchange.getMessage().setBody(copy.getMessage().getBody());
    exchange.setProperty(ExchangeProperties.ADAPTER, copy.getProperty(ExchangeProperties.ADAPTER));
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.FALSE);
    detached.giveTo(exchange);
  }

  /** Releases what it holds. */
  public void finish() {
    detached.finish();
  }

  /** What it has as a response, or what was sent before. */
  public Object response() {
    return copy.getMessage().getBody();
  }

  /** Replaces its response. */
  public void respond(ChatReply reply) {
    copy.getMessage().setBody(reply);
  }

  /** Cancels the stream that an exchange carries, if its body is one. */
  public static void discard(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof ChatReply.Streaming streaming) {
      streaming.stream().cancel();
    }
  }
}
