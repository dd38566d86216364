package dev.serai.processors.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyRightsTest {
  private static final Caller MANAGER = caller(Role.MANAGER.permissions(), AllowList.ALL);

  /** Manages the keys of its own tenant: it may read nothing of others. */
  private static final Caller OF_TENANT = caller(ofTenant(), AllowList.ALL);

  private static Set<Permission> ofTenant() {
    Set<Permission> permissions = EnumSet.copyOf(Role.DEVELOPER.permissions());
    permissions.add(Permission.ADMIN_USERS);
    return permissions;
  }

  private static Caller caller(Set<Permission> permissions, AllowList models) {
    return Caller.of(
        new Identity("acme", "", "", "own", permissions, models, AllowList.ALL, Set.of()));
  }

  private static ApiKey key(String tenant, Role role, String... models) {
    Identity identity =
        new Identity(
            tenant,
            "",
            "",
            "new",
            role.permissions(),
            new AllowList(List.of(models)),
            AllowList.ALL,
            Set.of());
    Instant now = Instant.EPOCH;
    return new ApiKey("key_1", "", role, identity, false, now, now, Optional.empty());
  }

  private static void isRefused(String param, Caller caller, ApiKey key) {
    assertThatThrownBy(() -> KeyRights.requireCovered(caller, key))
        .isInstanceOfSatisfying(
            PermissionProblem.class, problem -> assertThat(problem.param()).contains(param));
  }

  @Test
  void aManagerMakesKeysThatCallModelsOfEveryTenant() {
    for (Role role : Role.BUILT_IN) {
      assertThatCode(() -> KeyRights.requireCovered(MANAGER, key("globex", role, "*")))
          .doesNotThrowAnyException();
    }
    assertThat(KeyRights.onlyTenant(MANAGER)).isEmpty();
  }

  @Test
  void withoutThePermissionForAllTenantsACallerIsConfinedToItsOwn() {
    assertThat(KeyRights.onlyTenant(OF_TENANT)).contains("acme");
    assertThat(KeyRights.sees(OF_TENANT, key("globex", Role.USER, "*"))).isFalse();
    isRefused("tenant", OF_TENANT, key("globex", Role.USER, "*"));
    assertThatCode(() -> KeyRights.requireCovered(OF_TENANT, key("acme", Role.USER, "*")))
        .doesNotThrowAnyException();
  }

  @Test
  void aCallerCannotGrantMoreThanItHas() {
    isRefused("role", OF_TENANT, key("acme", Role.ADMIN, "*"));
    isRefused("role", OF_TENANT, key("acme", Role.AUDITOR, "*"));
    Caller limited = caller(ofTenant(), new AllowList(List.of("fast", "openai/*")));
    isRefused("models", limited, key("acme", Role.USER, "*"));
    isRefused("models", limited, key("acme", Role.USER, "fast", "open*"));
    assertThatCode(
            () ->
                KeyRights.requireCovered(
                    limited, key("acme", Role.USER, "fast", "openai/gpt*", "openai/*")))
        .doesNotThrowAnyException();
  }

  @Test
  void aRoleGrantsNoMoreThanItsCallerHas() {
    Role custom =
        new Role("x", Set.of(Permission.USAGE_READ, Permission.ADMIN_SYSTEM), Role.Source.STORED);
    isRefused("role", OF_TENANT, key("acme", custom, "*"));
    assertThatCode(() -> KeyRights.requireCovered(MANAGER, custom)).doesNotThrowAnyException();
    Caller half = caller(Set.of(Permission.ADMIN_USERS, Permission.ADMIN_READ), AllowList.ALL);
    assertThatThrownBy(() -> KeyRights.requireCovered(half, custom))
        .isInstanceOf(PermissionProblem.class);
    Role calls = new Role("y", Role.USER.permissions(), Role.Source.STORED);
    assertThatThrownBy(() -> KeyRights.requireCovered(half, calls))
        .as("it may not read usage itself")
        .isInstanceOf(PermissionProblem.class);
  }

  /** Another gateway may know the role, and give it any permission. */
  @Test
  void aKeyWithARoleThatIsNotKnownHereIsForFullManagersOnly() {
    ApiKey unknown = key("acme", Role.unknown("gone"), "*");
    isRefused("role", OF_TENANT, unknown);
    assertThatCode(() -> KeyRights.requireCovered(MANAGER, unknown)).doesNotThrowAnyException();
  }

  @Test
  void aRoleIsForAllTenantsSoThatACallerOfOneTenantMakesNone() {
    assertThatThrownBy(() -> KeyRights.requireEveryTenant(OF_TENANT))
        .isInstanceOf(PermissionProblem.class)
        .hasMessageContaining("admin:read");
    assertThatCode(() -> KeyRights.requireEveryTenant(MANAGER)).doesNotThrowAnyException();
  }

  @Test
  void theFirstKeyOfAnOpenGatewayMustManageKeys() {
    Caller anyone = Caller.of(Identity.ANYONE);
    assertThatThrownBy(
            () -> KeyRights.requireManagerFirst(anyone, key("public", Role.DEVELOPER, "*")))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("admin or manager");
    Role onlyKeys = new Role("keys", Set.of(Permission.ADMIN_USERS), Role.Source.STORED);
    assertThatThrownBy(() -> KeyRights.requireManagerFirst(anyone, key("public", onlyKeys, "*")))
        .isInstanceOf(CallerProblem.class);
    assertThatCode(() -> KeyRights.requireManagerFirst(anyone, key("public", Role.ADMIN, "*")))
        .doesNotThrowAnyException();
    assertThatCode(() -> KeyRights.requireManagerFirst(MANAGER, key("public", Role.USER, "*")))
        .doesNotThrowAnyException();
  }

  private static Tenant tenant(String id, boolean disabled) {
    return new Tenant(id, "", ZoneOffset.UTC, disabled, Instant.EPOCH, Instant.EPOCH);
  }

  private static TenantUser user(String name, Role role, boolean disabled) {
    return new TenantUser(
        "user_1", "acme", name, role, List.of(), "", disabled, Instant.EPOCH, Instant.EPOCH);
  }

  private static void keepsItsAccess(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.code()).isEqualTo("own_access"));
  }

  @Test
  void noCallerDisablesItsOwnTenantOrUser() {
    Caller ann =
        Caller.of(
            new Identity(
                "acme",
                "",
                "ann",
                "own",
                Role.MANAGER.permissions(),
                AllowList.ALL,
                AllowList.ALL,
                Set.of()));
    keepsItsAccess(() -> KeyRights.requireNotOwnEnd(ann, tenant("acme", true)));
    keepsItsAccess(() -> KeyRights.requireNotOwnEnd(ann, user("ann", Role.ADMIN, true)));
    keepsItsAccess(() -> KeyRights.requireNotOwnEnd(ann, user("ann", Role.DEVELOPER, false)));
    assertThatCode(
            () -> {
              KeyRights.requireNotOwnEnd(ann, tenant("acme", false));
              KeyRights.requireNotOwnEnd(ann, tenant("globex", true));
              KeyRights.requireNotOwnEnd(ann, user("bob", Role.USER, true));
              KeyRights.requireNotOwnEnd(ann, user("ann", Role.MANAGER, false));
              KeyRights.requireNotOwnEnd(MANAGER, user("ann", Role.USER, true));
            })
        .doesNotThrowAnyException();
  }
}
