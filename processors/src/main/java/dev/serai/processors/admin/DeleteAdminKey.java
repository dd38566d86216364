package dev.serai.processors.admin;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.keys.KeyStore.Deletion;
import dev.serai.core.keys.LastKey;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.management.PathId;
import dev.serai.processors.support.EventLoops;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Revokes a stored key, but not the last one that manages keys, nor the last one that works.
 * Thread-safe.
 */
final class DeleteAdminKey extends JsonStep {
  private static final String PATH = "/admin/keys/";

  private final KeyStore store;
  private final InstantSource clock;
  private final BooleanSupplier others;
  private final Supplier<LastKey> last;

  DeleteAdminKey(
      KeyStore store,
      InstantSource clock,
      BooleanSupplier others,
      Supplier<LastKey> last,
      EventLoops loops) {
    super(loops);
    this.store = store;
    this.clock = clock;
    this.others = others;
    this.last = last;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = PathId.after(PATH, request);
    ApiKey key =
        store
            .find(id)
            .filter(one -> KeyRights.sees(caller, one))
            .orElseThrow(DeleteAdminKey::unknown);
    KeyRights.requireCovered(caller, key);
    switch (delete(key)) {
      case DONE -> {}
      case UNKNOWN -> throw unknown();
      case LAST -> throw last(manages(key));
    }
    return deleted(id);
  }

  private Deletion delete(ApiKey key) {
    boolean manages = manages(key);
    boolean kept = manages ? others.getAsBoolean() : last.get().hasOtherKeys();
    if (kept) {
      return store.delete(key.id()) ? Deletion.DONE : Deletion.UNKNOWN;
    }
    return store.deleteUnlessLast(key.id(), manages ? this::manages : this::works);
  }

  private boolean works(ApiKey key) {
    return LastKey.works(key, clock.instant());
  }

  /** Whether the key works and manages keys. */
  private boolean manages(ApiKey key) {
    return works(key) && key.identity().may(Permission.ADMIN_USERS);
  }

  private static CallerProblem last(boolean manages) {
    return new CallerProblem(
        409,
        "last_key",
        "This is the last key that "
            + (manages ? "manages keys" : "works")
            + ". Create another one first.",
        Optional.of("id"));
  }

  private static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "key_not_found",
        "There is no API key with that ID. GET /admin/keys lists them.",
        Optional.of("id"));
  }
}
