package dev.serai.gateway.direct;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorHelper;
import org.jspecify.annotations.Nullable;

/**
 * Hands an exchange to the route that a name leads to at that moment. It keeps nothing between
 * exchanges and has no life of its own, so making one costs next to nothing and it needs no pool.
 * If the name leads nowhere the exchange fails at once. Thread-safe.
 */
final class InlineProducer implements AsyncProducer {
  private final Endpoint endpoint;
  private final Supplier<@Nullable AsyncProcessor> route;

  InlineProducer(Endpoint endpoint, Supplier<@Nullable AsyncProcessor> route) {
    this.endpoint = endpoint;
    this.route = route;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    AsyncProcessor next = route.get();
    if (next != null) {
      return next.process(exchange, callback);
    }
    exchange.setException(
        new CamelExchangeException("no route begins at " + endpoint.getEndpointKey(), exchange));
    callback.done(true);
    return true;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    AsyncProcessorHelper.process(this, exchange);
  }

  @Override
  public CompletableFuture<Exchange> processAsync(Exchange exchange) {
    CompletableFuture<Exchange> done = new CompletableFuture<>();
    process(exchange, _ -> done.complete(exchange));
    return done;
  }

  @Override
  public Endpoint getEndpoint() {
    return endpoint;
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  @Override
  public void start() {
    // Nothing to begin.
  }

  @Override
  public void stop() {
    // Nothing to end.
  }
}
