package dev.serai.core.session;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Permission;

/**
 * The owner of a session: the user of a tenant, or the API key of a caller without one. Immutable.
 *
 * @param name {@code user:NAME} or {@code key:NAME}
 */
public record SessionOwner(String tenant, String name) {
  /** The owner of the sessions that a caller makes. */
  public static SessionOwner of(Caller caller) {
    String name = caller.user().isEmpty() ? "key:" + caller.key() : "user:" + caller.user();
    return new SessionOwner(caller.tenant(), name);
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
