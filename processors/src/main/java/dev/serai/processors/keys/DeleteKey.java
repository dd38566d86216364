package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Deletes an API key. Thread-safe. */
final class DeleteKey extends JsonStep {
  private final KeyStore store;
  private final ManagedKeys keys;

  DeleteKey(KeyStore store, EventLoops loops) {
    super(loops);
    this.store = store;
    this.keys = new ManagedKeys(store);
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = keys.manageable(caller, ManagedKeys.id(request)).id();
    if (!store.delete(id)) {
      throw ManagedKeys.unknown();
    }
    return deleted(id);
  }
}
