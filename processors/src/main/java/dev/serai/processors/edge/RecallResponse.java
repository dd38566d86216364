package dev.serai.processors.edge;

import dev.serai.core.call.Call;
import dev.serai.core.kept.ContinuingRequest;
import dev.serai.core.port.ResponseStore;
import dev.serai.processors.support.Calls;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Gives a request what it goes on from: the response it names, and items of others. Refuses one
 * that refers to what is not there or belongs to another tenant. Thread-safe.
 */
public final class RecallResponse implements Processor {
  private final ResponseStore store;

  public RecallResponse(ResponseStore store) {
    this.store = store;
  }

  @Override
  public void process(Exchange exchange) {
    Call call = Calls.of(exchange);
    if (call.request() instanceof ContinuingRequest request) {
      request.recall(store.of(call.caller().tenant()));
    }
  }
}
