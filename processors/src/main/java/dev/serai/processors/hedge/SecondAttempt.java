package dev.serai.processors.hedge;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.call.HedgedAttempts;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.processors.support.DetachedExchange;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The second attempt of a call, on a copy of its exchange that runs through the route {@code
 * hedge}. What the copy holds is released with it, or given to the exchange of the call. Confined
 * to the event loop of the call.
 */
final class SecondAttempt {
  private static final String ROUTE = "direct:hedge";

  private final Exchange copy;
  private final Call beside;
  private final DetachedExchange detached;

  /**
   * @param beside the call as the second attempt sees it
   */
  SecondAttempt(Exchange exchange, Call beside) {
    this.beside = beside;
    copy = exchange.copy();
    copy.setProperty(ExchangeProperties.CALL, beside);
    copy.setProperty(ExchangeProperties.ADAPTER, beside.current().candidate().provider());
    copy.removeProperty(ExchangeProperties.HEDGE_RACE);
    detached = new DetachedExchange(copy);
  }

  Call call() {
    return beside;
  }

  /**
   * @param ended is called once, on any thread
   */
  void send(Runnable ended) {
    detached.send(ROUTE, ended);
  }

  /** Why it has failed; empty if it has a response. */
  Optional<GatewayProblem> failure() {
    Exception why = copy.getException();
    if (why == null) {
      return Optional.empty();
    }
    if (!(why instanceof GatewayProblem problem)) {
      ProviderProblem failed =
          ProviderProblem.of(beside.current().candidate().provider(), FailureCause.UNREACHABLE, 502)
              .detail(Optional.of("the route hedge failed: " + FailureText.of(why)))
              .build();
      beside.failAttempt(failed);
      return Optional.of(failed);
    }
    return Optional.of(problem);
  }

  /** Ends it because the other attempt was faster. */
  void overtake() {
    abandon(HedgedAttempts.overtaken(beside.current()));
  }

  /** Ends it, if it has not ended, and its upstream call. */
  void abandon(GatewayProblem why) {
    Attempt attempt = beside.current();
    if (attempt.endNanos() == 0) {
      beside.failAttempt(why);
    }
    attempt.carrier().ifPresent(carrier -> carrier.abort(why));
  }

  /** Drops its response. */
  void drop() {
    discard(copy);
    finish();
  }

  /** Gives its response to the exchange of the call, and what the response holds. */
  void giveTo(Exchange exchange) {
    exchange.setException(null);
    exchange.getMessage().setBody(copy.getMessage().getBody());
    exchange.setProperty(ExchangeProperties.ADAPTER, copy.getProperty(ExchangeProperties.ADAPTER));
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.FALSE);
    detached.giveTo(exchange);
  }

  /** Releases what it holds. */
  void finish() {
    detached.finish();
  }

  /** Cancels the stream that an exchange carries, if its body is one. */
  static void discard(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof ChatReply.Streaming streaming) {
      streaming.stream().cancel();
    }
  }
}
