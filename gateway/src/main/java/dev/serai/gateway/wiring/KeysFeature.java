package dev.serai.gateway.wiring;

import dev.serai.config.read.Secret;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.gateway.keys.JsonKeyRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.keys.DatabaseKeyStore;
import dev.serai.memory.keys.Pepper;
import dev.serai.processors.keys.CreateKey;
import dev.serai.processors.keys.ListKeys;
import dev.serai.processors.keys.ServeKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/** Stores API keys and serves their management. */
final class KeysFeature implements Feature {
  /** How long a start waits for keys that may exist; after it, they are refused until read. */
  private static final Duration FIRST_READ = Duration.ofSeconds(5);

  private final SharedParts shared;
  private final Pepper pepper;
  private final KeySnapshot known;
  private final DatabaseKeyStore store;
  private final boolean mayExist;

  KeysFeature(SharedParts shared, Database database) {
    this.shared = shared;
    SecureRandom random = new SecureRandom();
    pepper =
        new Pepper(
            shared.settings().auth().keyPepper().map(Secret::reveal),
            shared.settings().state().folder(),
            database.isServer(),
            random);
    mayExist = pepper.exists() || database.isServer();
    known = new KeySnapshot(shared.clock(), mayExist);
    store =
        new DatabaseKeyStore(
            new DatabaseKeyStore.Parts(database, pepper, shared.clock(), random),
            known,
            shared.threads());
  }

  /** The stored keys, as the edge knows them. */
  KeySnapshot known() {
    return known;
  }

  /** Whether stored keys are set up: from then on, no request is served without a key. */
  boolean areSetUp() {
    return pepper.exists();
  }

  @Override
  public Map<String, Object> beans() {
    KeyRequestReader reader = new JsonKeyRequests();
    return Map.of(
        "create-key", new CreateKey(store, reader, shared.clock(), shared.loops()),
        "list-keys", new ListKeys(store, shared.loops()),
        "serve-key", new ServeKey(store, reader, shared.clock(), shared.loops()));
  }

  @Override
  public void start() {
    try {
      store.start(mayExist ? FIRST_READ : Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
