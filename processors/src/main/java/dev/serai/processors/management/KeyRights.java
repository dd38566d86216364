package dev.serai.processors.management;

import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.PermissionProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which keys, tenants and users a caller may see and manage. Without the permission to read
 * everything, these are its own tenant and what belongs to it. No caller makes or changes a key
 * that may do more than itself, with one exception: a caller that manages keys may let them call
 * models. No caller leads calls to a model that it may not call itself. Pure.
 */
public final class KeyRights {
  private KeyRights() {}

  /** The only tenant whose keys the caller sees; empty if it sees all. */
  static Optional<String> onlyTenant(Caller caller) {
    return caller.may(Permission.ADMIN_READ) ? Optional.empty() : Optional.of(caller.tenant());
  }

  /** Whether the caller sees a key. */
  public static boolean sees(Caller caller, ApiKey key) {
    return sees(caller, key.tenant());
  }

  /** Whether the caller sees what belongs to a tenant. */
  public static boolean sees(Caller caller, String tenant) {
    return onlyTenant(caller).map(tenant::equals).orElse(true);
  }

  /**
   * Refuses a key that may do more than the caller.
   *
   * @throws PermissionProblem 403
   */
  public static void requireCovered(Caller caller, ApiKey key) {
    Identity own = caller.identity();
    if (!sees(caller, key)) {
      throw refused("tenant", "may manage keys of the tenant '" + own.tenant() + "' only");
    }
    requireCovered(caller, key.role());
    requireCovered("models", own.models(), key.identity().models());
    requireCovered("tools", own.tools(), key.identity().tools());
  }

  /**
   * Refuses a role that may do more than the caller, apart from calls of models. A role that is not
   * known here may allow everything elsewhere.
   *
   * @throws PermissionProblem 403
   */
  public static void requireCovered(Caller caller, Role role) {
    List<String> lacking = lacking(caller, role);
    if (!lacking.isEmpty()) {
      throw refused(
          "role", "itself lacks " + permissions(lacking) + " of the role '" + role.name() + "'");
    }
  }

  /**
   * Refuses to define a role that may do more than the caller.
   *
   * @throws PermissionProblem 403
   */
  public static void requireDefinable(Caller caller, Role role) {
    List<String> lacking = lacking(caller, role);
    if (!lacking.isEmpty()) {
      throw refused("permissions", "itself lacks " + permissions(lacking));
    }
  }

  private static List<String> lacking(Caller caller, Role role) {
    Role widest = role.source() == Role.Source.UNKNOWN ? Role.ADMIN : role;
    return widest.permissions().stream()
        .filter(permission -> permission.kind() != Permission.Kind.CALL && !caller.may(permission))
        .map(Permission::label)
        .toList();
  }

  private static String permissions(List<String> labels) {
    return (labels.size() == 1 ? "the permission " : "the permissions ")
        + String.join(", ", labels);
  }

  /**
   * Refuses a caller that is confined to its own tenant: a role counts in every one.
   *
   * @throws PermissionProblem 403
   */
  public static void requireEveryTenant(Caller caller) {
    if (onlyTenant(caller).isPresent()) {
      throw new PermissionProblem(
          "permission_denied",
          "A role counts for all tenants, so its caller needs the permission admin:read, too.",
          Optional.empty());
    }
  }

  /**
   * Refuses a tenant that the caller does not see.
   *
   * @throws PermissionProblem 403
   */
  public static void requireSeen(Caller caller, String tenant) {
    if (!sees(caller, tenant)) {
      throw refused(
          "tenant", "may manage what belongs to the tenant '" + caller.tenant() + "' only");
    }
  }

  /**
   * Refuses a tenant with which the caller would lose its access: it may be the last that can
   * enable the tenant again.
   *
   * @throws CallerProblem 409
   */
  public static Tenant requireNotOwnEnd(Caller caller, Tenant tenant) {
    if (tenant.disabled() && tenant.id().equals(caller.tenant())) {
      throw ownAccess("disabled", "disable its own tenant '" + tenant.id() + "'");
    }
    return tenant;
  }

  /**
   * Refuses a user with which the caller would lose its access.
   *
   * @throws CallerProblem 409
   */
  public static TenantUser requireNotOwnEnd(Caller caller, TenantUser user) {
    Identity own = caller.identity();
    if (user.tenant().equals(own.tenant()) && user.name().equals(own.user())) {
      if (user.disabled()) {
        throw ownAccess("disabled", "disable its own user '" + user.name() + "'");
      }
      if (!user.role().permissions().contains(Permission.ADMIN_USERS)) {
        throw ownAccess(
            "role", "give its own user '" + user.name() + "' a role without admin:users");
      }
    }
    return user;
  }

  private static CallerProblem ownAccess(String param, String what) {
    return new CallerProblem(
        409,
        "own_access",
        "A caller cannot " + what + ": it would lose its access. Use a key of another one.",
        Optional.of(param));
  }

  /**
   * Refuses a model that the caller may not call itself, where it would lead calls to it.
   *
   * @param param the member of the request that names the model
   * @throws PermissionProblem 403
   */
  public static void requireCallable(Caller caller, String param, String model) {
    if (!caller.identity().models().allows(model)) {
      throw refused(param, "may not call the model '" + model + "' itself");
    }
  }

  private static void requireCovered(String param, AllowList own, AllowList granted) {
    if (!granted.patterns().stream().allMatch(own::allows)) {
      throw refused(param, "may not use all of these " + param + " itself");
    }
  }

  private static PermissionProblem refused(String param, String why) {
    return new PermissionProblem(
        "permission_denied", "The caller " + why + ".", Optional.of(param));
  }

  /**
   * Refuses a key that would never work.
   *
   * @throws CallerProblem 400
   */
  public static void requireFuture(ApiKey key, Instant now) {
    if (key.expires().isPresent() && !key.expires().get().isAfter(now)) {
      throw CallerProblem.invalid("expires_at", "The time in 'expires_at' has passed.");
    }
  }

  /**
   * The first key closes the gateway, so it must be one that can manage keys.
   *
   * @throws CallerProblem 400
   */
  public static void requireManagerFirst(Caller caller, ApiKey key) {
    boolean open = caller.identity().equals(Identity.ANYONE);
    if (open && !key.role().permissions().containsAll(Role.MANAGER.permissions())) {
      throw CallerProblem.invalid(
          "role",
          "From the first key on, every request needs one. Create one with the role admin or"
              + " manager first, which can then create others.");
    }
  }
}
