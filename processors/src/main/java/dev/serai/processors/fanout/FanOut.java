package dev.serai.processors.fanout;

import dev.serai.core.call.Call;
import dev.serai.core.call.FanOutAttempts;
import dev.serai.core.fanout.FanOutRules;
import dev.serai.processors.support.AsyncStep;
import dev.serai.processors.support.Calls;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;

/**
 * Sends a call whose alias fans out through the route that asks several candidates at once. It
 * comes back with a response, so that no attempt follows, or as failed. Does nothing for other
 * calls, which costs one comparison. Thread-safe.
 */
final class FanOut extends AsyncStep {
  @Override
  public boolean begin(Exchange exchange, AsyncCallback callback) {
    Call call = Calls.of(exchange);
    if (!call.hasPlan() || !call.attempts().isEmpty() || FanOutAttempts.width(call) < 2) {
      return true; // it may have a response from the cache
    }
    FanOutRules rules = call.plan().rules().fanOut();
    try {
      AsyncProducer route =
          exchange.getContext().getEndpoint("direct:" + rules.route()).createAsyncProducer();
      route.process(exchange, _ -> ended(exchange, rules, callback));
    } catch (Exception e) { // Camel declares it
      exchange.setException(e);
      ended(exchange, rules, callback);
    }
    return false;
  }

  /** What the route has not taken of the branches is dropped. */
  private static void ended(Exchange exchange, FanOutRules rules, AsyncCallback callback) {
    boolean whole = Branches.find(exchange).map(Branches::close).orElse(false);
    if (!whole && !exchange.isFailed()) {
      exchange.setException(
          new IllegalStateException(
              "the route "
                  + rules.route()
                  + " has no response: it needs ask-candidates, and then aggregate-responses"));
    }
    callback.done(false);
  }
}
