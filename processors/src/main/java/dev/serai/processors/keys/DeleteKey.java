package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.keys.LastKey;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Deletes an API key, and says what follows if it was the last one. Thread-safe. */
final class DeleteKey extends JsonStep {
  private final KeyStore store;
  private final ManagedKeys keys;
  private final InstantSource clock;
  private final Supplier<LastKey> last;

  DeleteKey(KeyStore store, InstantSource clock, Supplier<LastKey> last, EventLoops loops) {
    super(loops);
    this.store = store;
    this.clock = clock;
    this.last = last;
    this.keys = new ManagedKeys(store);
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = keys.manageable(caller, ManagedKeys.id(request)).id();
    if (!store.delete(id)) {
      throw ManagedKeys.unknown();
    }
    return deleted(id, last.get().warning(store, clock.instant()).stream().toList());
  }
}
