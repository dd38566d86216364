package dev.serai.processors.responses;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.call.CallListener;
import dev.serai.core.responses.ContinuingRequest;
import dev.serai.core.responses.ResponseStore;

/**
 * Stores the response of a call that succeeded, if the request asks for it, before the client sees
 * its end. A listener and not a step: a stream ends long after its route. Thread-safe.
 */
public final class StoreResponse implements CallListener {
  private final ResponseStore store;

  public StoreResponse(ResponseStore store) {
    this.store = store;
  }

  @Override
  public void settled(Call call) {
    boolean answered = call.outcome().filter(how -> how == Outcome.ANSWERED).isPresent();
    if (answered && call.asked() instanceof ContinuingRequest request) {
      request.toStore().ifPresent(store.forTenant(call.caller().tenant())::store);
    }
  }
}
