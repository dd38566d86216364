package dev.serai.gateway.wiring;

import dev.serai.config.read.Secret;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.people.PeopleRequestReader;
import dev.serai.core.people.PeopleSnapshot;
import dev.serai.gateway.keys.JsonKeyRequests;
import dev.serai.gateway.keys.JsonPeopleRequests;
import dev.serai.memory.database.Database;
import dev.serai.memory.keys.DatabaseKeyStore;
import dev.serai.memory.keys.Pepper;
import dev.serai.processors.keys.CreateKey;
import dev.serai.processors.keys.ListKeys;
import dev.serai.processors.keys.ListRoles;
import dev.serai.processors.keys.ServeKey;
import dev.serai.processors.keys.ServeTenants;
import dev.serai.processors.keys.ServeUsers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/** Stores API keys, tenants and users, and serves their management. */
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

  /** The stored tenants and users. */
  PeopleSnapshot people() {
    return store.people();
  }

  /** Whether stored keys are set up: from then on, no request is served without a key. */
  boolean areSetUp() {
    return pepper.exists();
  }

  @Override
  public Map<String, Object> beans() {
    KeyRequestReader reader = new JsonKeyRequests();
    PeopleRequestReader people = new JsonPeopleRequests();
    return Map.of(
        "create-key", new CreateKey(store, reader, shared.clock(), shared.loops()),
        "list-keys", new ListKeys(store, shared.loops()),
        "serve-key", new ServeKey(store, reader, shared.clock(), shared.loops()),
        "serve-tenants", new ServeTenants(store.tenants(), people, shared.clock(), shared.loops()),
        "serve-users", new ServeUsers(store.users(), people, shared.clock(), shared.loops()),
        "list-roles", new ListRoles());
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
