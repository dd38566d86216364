package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeyStore;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;
import java.time.Duration;
import java.util.Set;

/** Replaces the secret of an API key and shows the new one, this once. Thread-safe. */
final class RotateKey extends JsonStep {
  private static final Set<String> MEMBERS = Set.of("overlap_seconds");

  private final KeyStore store;
  private final ManagedKeys keys;
  private final KeyRequestReader reader;

  RotateKey(KeyStore store, KeyRequestReader reader, EventLoops loops) {
    super(loops);
    this.store = store;
    this.keys = new ManagedKeys(store);
    this.reader = reader;
  }

  /** The usage is read before: if that failed after, the reply would lack the new key. */
  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Duration overlap = reader.read(request.body(), MEMBERS).overlap().orElse(Duration.ZERO);
    ApiKey key = keys.manageable(caller, ManagedKeys.id(request));
    ApiKey.Usage usage = keys.usage(key);
    return KeyJson.issued(store.rotate(key.id(), overlap).orElseThrow(ManagedKeys::unknown), usage);
  }
}
