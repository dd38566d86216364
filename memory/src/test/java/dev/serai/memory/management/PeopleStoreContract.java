package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.caller.Authentication.Authenticated;
import dev.serai.core.caller.Authentication.Rejected;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.CallerProblem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tenants and users that are stored, on every database, with two gateways on one database. */
abstract class PeopleStoreContract extends KeyStoreContract {
  private static final Instant WHEN = Instant.parse("2026-11-28T20:00:00Z");

  private static Tenant tenant(String id, boolean disabled) {
    return new Tenant(id, "words", ZoneId.of("Europe/Berlin"), disabled, WHEN, WHEN);
  }

  private static TenantUser user(String tenant, String name, Role role, boolean disabled) {
    List<String> teams = List.of("web", "lab");
    return new TenantUser("", tenant, name, role, teams, "words", disabled, WHEN, WHEN);
  }

  @Test
  void aDisabledTenantsKeysAreRefusedAtOnceHereAndSoonInEveryOtherGateway() {
    String secret = first.keys().create(wanted("app")).secret();
    PeopleStore<Tenant> tenants = first.store().tenants();
    assertThat(tenants.create(tenant("acme", true))).isEqualTo(tenant("acme", true));

    assertThat(first.says(secret)).isInstanceOf(Rejected.class);
    until(() -> second.says(secret) instanceof Rejected);
    tenants.change("acme", old -> tenant(old.id(), false));
    assertThat(first.says(secret)).isInstanceOf(Authenticated.class);
    until(() -> second.says(secret) instanceof Authenticated);
    assertThat(tenants.find("acme").orElseThrow().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  @Test
  void aDisabledUsersKeysAreRefusedAndTheRoleOfAUserLimitsThem() {
    IssuedKey made = first.keys().create(wanted("app")); // of alice, with the role user
    String secret = made.secret();
    Identity identity = wanted("app").identity().withKeyId(made.key().id());
    PeopleStore<TenantUser> users = first.store().users();
    users.create(user("globex", "alice", Role.USER, true));
    assertThat(first.says(secret)).as("of another tenant").isInstanceOf(Authenticated.class);

    TenantUser alice = users.create(user("acme", "alice", Role.READONLY, false));
    assertThat(first.says(secret))
        .isEqualTo(new Authenticated(identity.limitedTo(Role.READONLY.permissions())));
    users.change(alice.id(), old -> user(old, true));
    assertThat(first.says(secret)).isInstanceOf(Rejected.class);
    until(() -> second.says(secret) instanceof Rejected);
    users.change(alice.id(), old -> user(old, false));
    assertThat(first.says(secret)).isInstanceOf(Authenticated.class);
  }

  private static TenantUser user(TenantUser old, boolean disabled) {
    return new TenantUser(
        old.id(), old.tenant(), old.name(), old.role(), old.teams(), "", disabled, WHEN, WHEN);
  }

  @Test
  void namesAreTakenOnceAndWhatKeysNameIsNotDeleted() {
    PeopleStore<Tenant> tenants = first.store().tenants();
    PeopleStore<TenantUser> users = first.store().users();
    tenants.create(tenant("acme", false));
    TenantUser alice = users.create(user("acme", "alice", Role.USER, false));
    String key = first.keys().create(wanted("app")).key().id();

    refused("tenant_exists", () -> tenants.create(tenant("acme", false)));
    refused("user_exists", () -> users.create(user("acme", "alice", Role.USER, false)));
    refused("user_in_use", () -> users.delete(alice.id()));
    refused("tenant_in_use", () -> tenants.delete("acme"));
    assertThat(first.keys().delete(key)).isTrue();
    refused("tenant_in_use", () -> tenants.delete("acme"));
    assertThat(users.delete(alice.id())).isTrue();
    assertThat(tenants.delete("acme")).isTrue();
    assertThat(tenants.delete("acme")).isFalse();
    assertThat(tenants.find("acme")).isEmpty();
  }

  private static void refused(String code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(409);
              assertThat(problem.code()).isEqualTo(code);
            });
  }

  @Test
  void usersAreListedByPageOfOneTenantOrAll() {
    PeopleStore<TenantUser> users = first.store().users();
    for (int i = 0; i < 5; i++) {
      users.create(user(i % 2 == 0 ? "acme" : "globex", "u" + i, Role.USER, false));
    }
    List<TenantUser> all = users.list(all());
    assertThat(all).hasSize(5);
    assertThat(all.getFirst()).isEqualTo(users.find(all.getFirst().id()).orElseThrow());
    KeyQuery rest = new KeyQuery(Optional.empty(), Optional.of(all.get(1).id()), 2);
    assertThat(users.list(rest)).isEqualTo(all.subList(2, 4));
    assertThat(users.list(new KeyQuery(Optional.of("globex"), Optional.empty(), 9))).hasSize(2);
    assertThat(users.find("user_none")).isEmpty();
  }
}
