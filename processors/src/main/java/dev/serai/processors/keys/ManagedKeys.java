package dev.serai.processors.keys;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.management.PathId;
import java.util.List;
import java.util.Optional;

/** The stored API keys, as far as a caller may see and manage them. Thread-safe. */
final class ManagedKeys {
  private static final String PATH = "/v1/keys/";

  private final KeyStore store;

  ManagedKeys(KeyStore store) {
    this.store = store;
  }

  /** The ID in the path of a request. */
  static String id(InboundRequest request) {
    return PathId.after(PATH, request);
  }

  /**
   * The key with an ID.
   *
   * @throws CallerProblem 404 if the caller sees none
   */
  ApiKey find(Caller caller, String id) {
    return store
        .find(id)
        .filter(key -> KeyRights.sees(caller, key))
        .orElseThrow(ManagedKeys::unknown);
  }

  /**
   * The key with an ID, which the caller may change.
   *
   * @throws CallerProblem 404 if the caller sees none
   * @throws dev.serai.core.problem.PermissionProblem 403 if it may do more than the caller
   */
  ApiKey manageable(Caller caller, String id) {
    ApiKey key = find(caller, id);
    KeyRights.requireCovered(caller, key);
    return key;
  }

  /** What a key has spent. */
  ApiKey.Usage usage(ApiKey key) {
    return store.usage(List.of(key)).getFirst();
  }

  /** The JSON of a key. */
  byte[] shown(ApiKey key) {
    return KeyJson.one(key, usage(key));
  }

  static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "key_not_found",
        "There is no API key with that ID. GET /v1/keys lists them with their IDs.",
        Optional.of("id"));
  }
}
