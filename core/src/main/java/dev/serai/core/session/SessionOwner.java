package dev.serai.core.session;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;

/**
 * The owner of a session: the user of a tenant, or the API key of a caller without one. A key that
 * has an ID is known by it: its name may later be that of another key. Immutable.
 *
 * @param name {@code user:NAME}, {@code key_id:ID} or {@code key:NAME}
 */
public record SessionOwner(String tenant, String name) {
  /** The owner of the sessions that a caller makes. */
  public static SessionOwner of(Caller caller) {
    return new SessionOwner(caller.tenant(), name(caller));
  }

  private static String name(Caller caller) {
    if (!caller.user().isEmpty()) {
      return "user:" + caller.user();
    }
    String id = caller.identity().keyId();
    return id.isEmpty() ? "key:" + caller.key() : "key_id:" + id;
  }

  /**
   * Whether a caller may use what belongs to this owner: its own, or with a permission everything
   * of its tenant.
   */
  public boolean isOpenTo(Caller caller, Permission everything) {
    return tenant.equals(caller.tenant())
        && (caller.may(everything) || name.equals(of(caller).name));
  }
}
