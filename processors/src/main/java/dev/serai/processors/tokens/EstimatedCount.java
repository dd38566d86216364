package dev.serai.processors.tokens;

import dev.serai.core.call.Attempt;
import dev.serai.core.call.Call;
import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.Usage;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.routing.Candidate;
import dev.serai.core.surface.TokenCountSurface;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Writes an estimate as the reply to a request whose tokens are to be counted. It is an attempt of
 * its own, for which no provider is called and which costs no tokens. Thread-safe; not for an event
 * loop.
 */
final class EstimatedCount {
  private final TokenEstimator estimator;

  EstimatedCount(TokenEstimator estimator) {
    this.estimator = estimator;
  }

  /** Sets the reply of the exchange: the tokens of the call's request for that model. */
  void write(Exchange exchange, Call call, Candidate model) {
    long tokens = estimator.estimate(model.model(), call.chat().conversation());
    Attempt estimated = call.beginAttempt(model);
    estimated.recordUsage(Usage.of(0, 0));
    estimated.markEstimated();
    exchange.setProperty(ExchangeProperties.NEEDS_ATTEMPT, Boolean.FALSE);
    exchange.getMessage().setBody(new ChatReply.Relayed(write(call, tokens), Optional.empty()));
  }

  private static byte[] write(Call call, long tokens) {
    if (call.surface() instanceof TokenCountSurface surface) {
      return surface.writeTokenCount(tokens);
    }
    throw new IllegalStateException(
        "surface " + call.surface().dialect() + " has no form for a token count");
  }
}
