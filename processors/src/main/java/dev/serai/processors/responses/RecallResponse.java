package dev.serai.processors.responses;

import dev.serai.core.call.Call;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.responses.ResponseStore;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import dev.serai.processors.support.OffLoop;
import org.apache.camel.Exchange;

/**
 * Loads what a request refers to: the response that it continues, and items of others. Refuses a
 * request that refers to something that does not exist or belongs to another tenant. A request that
 * refers to nothing stays on its event loop. Thread-safe.
 */
final class RecallResponse extends OffLoop {
  private final ResponseStore store;

  RecallResponse(ResponseStore store, EventLoops loops) {
    super(loops);
    this.store = store;
  }

  @Override
  protected boolean isNeeded(Exchange exchange) {
    return Calls.of(exchange).request() instanceof ContinuingRequest request
        && request.hasReferences();
  }

  @Override
  protected void work(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (call.request() instanceof ContinuingRequest request) {
      request.load(store.forTenant(call.caller().tenant()));
    }
  }
}
