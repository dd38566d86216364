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
 * Calls the route that an endpoint leads to.
 *
 * <p>Camel's own producer caches its consumer and looks it up again, under a lock, whenever any
 * route has been added or removed. This one has no state: for each exchange it looks up the route
 * in a concurrent map and calls the route's first processor with the same exchange and callback, on
 * the same thread. So a route can be replaced at any time; exchanges that have entered the old
 * route finish there. Without a route the exchange fails at once. Thread-safe.
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
        new CamelExchangeException(
            "no route is running at " + endpoint.getEndpointKey(), exchange));
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
    // It has no state.
  }

  @Override
  public void stop() {
    // It has no state.
  }
}
