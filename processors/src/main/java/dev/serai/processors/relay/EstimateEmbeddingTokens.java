package dev.serai.processors.relay;

import dev.serai.core.call.Call;
import dev.serai.core.model.TokenEstimator;
import dev.serai.core.request.EmbeddingReply;
import dev.serai.core.request.EmbeddingRequest;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import java.util.OptionalLong;
import org.apache.camel.Exchange;

/**
 * Estimates the tokens of an embeddings request that the provider did not count, for the reply that
 * is to be written. The ledger makes the same estimate when it writes the call. It may take long,
 * so it runs off the event loop. Thread-safe.
 */
public final class EstimateEmbeddingTokens extends OffLoop {
  private final TokenEstimator estimator;

  public EstimateEmbeddingTokens(TokenEstimator estimator, EventLoops loops) {
    super(loops);
    this.estimator = estimator;
  }

  @Override
  protected boolean isNeeded(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof EmbeddingReply.Complete
        && Calls.of(exchange).current().usage().isEmpty();
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (call.request() instanceof EmbeddingRequest request) {
      String model = call.current().candidate().model();
      long tokens = request.tokens(estimator.counter(model));
      EmbeddingReply.Complete read = Calls.body(exchange, EmbeddingReply.Complete.class);
      exchange
          .getMessage()
          .setBody(new EmbeddingReply.Complete(read.response(), OptionalLong.of(tokens)));
    }
  }
}
