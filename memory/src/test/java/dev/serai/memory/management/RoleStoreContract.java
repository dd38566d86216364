package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.caller.Authentication.Authenticated;
import dev.serai.core.caller.Permission;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Role.Source;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.people.RoleStore;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Roles that are stored, on every database, with two gateways on one database. */
abstract class RoleStoreContract extends PeopleStoreContract {
  private static final Instant WHEN = Instant.parse("2026-11-28T20:00:00Z");
  private static final Role SUPPORT =
      role("support", Source.STORED, Permission.CHAT_BASIC, Permission.USAGE_READ);

  private static Role role(String name, Source source, Permission... permissions) {
    return new Role(name, Set.of(permissions), source);
  }

  private static void refused(String code, ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(409);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  private Set<Permission> allowed(Opened gateway, String secret) {
    return gateway.says(secret) instanceof Authenticated(var identity)
        ? identity.permissions()
        : Set.of();
  }

  @Test
  void aStoredRoleIsKnownAtOnceHereAndSoonInEveryOtherGateway() throws Exception {
    RoleStore roles = first.store().roles();
    assertThat(roles.create(SUPPORT)).isEqualTo(SUPPORT);

    assertThat(roles.known().find("support")).contains(SUPPORT);
    until(() -> second.store().roles().known().find("support").equals(Optional.of(SUPPORT)));
    assertThat(roles.known().all()).containsAll(Role.BUILT_IN).hasSize(Role.BUILT_IN.size() + 1);
    try (Opened later = open()) {
      assertThat(later.store().readRoles().find("support")).contains(SUPPORT);
    }
    refused("role_exists", () -> second.store().roles().create(SUPPORT));
    refused("role_exists", () -> roles.create(role("admin", Source.STORED, Permission.API_DOCS)));
  }

  @Test
  void aKeyMayDoWhatItsRoleAllows() {
    first.store().roles().create(SUPPORT);
    IssuedKey made = first.keys().create(wanted("desk", SUPPORT));

    assertThat(allowed(first, made.secret())).isEqualTo(SUPPORT.permissions());
    until(() -> allowed(second, made.secret()).equals(SUPPORT.permissions()));
    assertThat(second.keys().find(made.key().id()).orElseThrow().role()).isEqualTo(SUPPORT);
    assertThat(second.keys().list(all())).extracting(key -> key.role()).containsExactly(SUPPORT);
  }

  @Test
  void aRoleThatIsUsedIsNotDeleted() {
    RoleStore roles = first.store().roles();
    roles.create(SUPPORT);
    String key = first.keys().create(wanted("desk", SUPPORT)).key().id();
    TenantUser ann =
        first
            .store()
            .users()
            .create(new TenantUser("", "acme", "ann", SUPPORT, List.of(), "", false, WHEN, WHEN));
    assertThat(ann.role()).isEqualTo(SUPPORT);

    refused("role_in_use", () -> roles.delete("support"));
    first.keys().delete(key);
    refused("role_in_use", () -> roles.delete("support"));
    first.store().users().delete(ann.id());

    assertThat(roles.delete("support")).isTrue();
    assertThat(roles.delete("support")).isFalse();
    assertThat(roles.known().find("support")).isEmpty();
  }

  @Test
  void aRoleThatIsDeletedElsewhereGoesToNoNewKeyOrUser() {
    first.store().roles().create(SUPPORT);
    first.store().roles().delete("support");

    refused("role_changed", () -> second.keys().create(wanted("desk", SUPPORT)));
    first.store().roles().create(role("support", Source.STORED, Permission.ADMIN_SYSTEM));
    refused("role_changed", () -> second.keys().create(wanted("desk", SUPPORT)));
    TenantUser ann = new TenantUser("", "acme", "ann", SUPPORT, List.of(), "", false, WHEN, WHEN);
    refused("role_changed", () -> second.store().users().create(ann));
    assertThat(first.keys().list(all())).isEmpty();
  }

  @Test
  void aStoredKeyFollowsTheRolesOfTheSettingsAndMayDoNothingWithoutItsRole() {
    Role wide = role("desk", Source.SETTINGS, Permission.CHAT_BASIC, Permission.API_MODELS);
    Role narrow = role("desk", Source.SETTINGS, Permission.API_MODELS);
    first.store().configure(List.of(wide));
    String secret = first.keys().create(wanted("app", wide)).secret();
    assertThat(allowed(first, secret)).isEqualTo(wide.permissions());

    first.store().configure(List.of(narrow));
    assertThat(allowed(first, secret)).isEqualTo(narrow.permissions());

    first.store().configure(List.of());
    assertThat(first.says(secret)).isInstanceOf(Authenticated.class);
    assertThat(allowed(first, secret)).isEmpty();
    assertThat(first.keys().list(all()))
        .extracting(key -> key.role())
        .containsExactly(Role.unknown("desk"));
  }

  @Test
  void aRoleOfTheSettingsCountsBeforeAStoredOneOfTheSameName() {
    first.store().roles().create(SUPPORT);
    Role own = role("support", Source.SETTINGS, Permission.API_DOCS);
    first.store().configure(List.of(own));

    assertThat(first.store().roles().known().find("support")).contains(own);
  }

  @Test
  void theNumberOfStoredRolesIsBounded() throws SQLException {
    try (Connection connection = new Database(url(), folder).connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO stored_role VALUES (?, 'api:docs', 0)")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 200; i++) {
        insert.setString(1, "role-" + i);
        insert.execute();
      }
      connection.commit();
    }
    refused("too_many_roles", () -> first.store().roles().create(SUPPORT));
  }
}
