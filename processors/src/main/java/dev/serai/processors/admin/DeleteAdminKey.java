package dev.serai.processors.admin;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.management.PathId;
import dev.serai.processors.support.EventLoops;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Revokes a stored key, but not the last one that manages keys. Thread-safe. */
final class DeleteAdminKey extends JsonStep {
  private static final String PATH = "/admin/keys/";
  private static final int MAX_COMPARED = 10_000;

  private final AdminSteps.KeyParts parts;
  private final ReentrantLock oneByOne = new ReentrantLock();

  DeleteAdminKey(AdminSteps.KeyParts parts, EventLoops loops) {
    super(loops);
    this.parts = parts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    String id = PathId.after(PATH, request);
    oneByOne.lock();
    try {
      delete(caller, id);
    } finally {
      oneByOne.unlock();
    }
    return deleted(id);
  }

  private void delete(Caller caller, String id) {
    ApiKey key =
        parts
            .store()
            .find(id)
            .filter(one -> KeyRights.sees(caller, one))
            .orElseThrow(DeleteAdminKey::unknown);
    KeyRights.requireCovered(caller, key);
    requireNotLast(key);
    if (!parts.store().delete(id)) {
      throw unknown();
    }
  }

  private void requireNotLast(ApiKey key) {
    if (!manages(key) || parts.others().getAsBoolean()) {
      return;
    }
    KeyQuery all = new KeyQuery(Optional.empty(), Optional.empty(), MAX_COMPARED);
    boolean another =
        parts.store().list(all).stream()
            .anyMatch(other -> manages(other) && !other.id().equals(key.id()));
    if (!another) {
      throw new CallerProblem(
          409,
          "last_key",
          "This is the last key that manages keys. Create another one first.",
          Optional.of("id"));
    }
  }

  /** Whether the key works and manages keys. */
  private boolean manages(ApiKey key) {
    boolean expired =
        key.expires().filter(end -> !end.isAfter(parts.clock().instant())).isPresent();
    return !key.disabled() && !expired && key.identity().may(Permission.ADMIN_USERS);
  }

  private static CallerProblem unknown() {
    return new CallerProblem(
        404,
        "key_not_found",
        "There is no API key with that ID. GET /admin/keys lists them.",
        Optional.of("id"));
  }
}
