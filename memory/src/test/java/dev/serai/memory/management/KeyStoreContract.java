package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.caller.AllowList;
import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authentication.Authenticated;
import dev.serai.core.caller.Authentication.Rejected;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Role;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.people.PeopleCheck;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.rate.Allowance;
import dev.serai.core.rate.RateLimits;
import dev.serai.core.rate.Window;
import dev.serai.memory.credentials.ConfiguredMasterKeys;
import dev.serai.memory.database.Database;
import dev.serai.memory.keys.Pepper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a store of API keys on every database, with two gateways on one database. */
abstract class KeyStoreContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RateLimits LIMITS =
      new RateLimits(
          List.of(
              new Allowance(Window.REQUESTS_PER_SECOND, 5, 20),
              new Allowance(Window.TOKENS_PER_DAY, 1_000_000)));

  @TempDir Path folder;

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T20:00:00Z"));
  Optional<String> masterKey = Optional.of("master-canary-0123456789abcdef01");
  Optional<Path> masterKeyFile = Optional.empty();
  Opened first;
  Opened second;

  abstract String url();

  abstract Optional<String> pepper();

  /** A gateway's store, and what its edge knows. */
  record Opened(ManagementStores store, KeySnapshot snapshot) implements AutoCloseable {
    KeyStore keys() {
      return store.keys();
    }

    Authentication says(String secret) {
      return new PeopleCheck(store.people(), snapshot).authenticate(new Credential.Secret(secret));
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @BeforeEach
  final void begin() throws Exception {
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM api_key WHERE 1 = 1");
      statement.execute("DELETE FROM provider_credential WHERE 1 = 1");
      statement.execute("DELETE FROM tenant WHERE 1 = 1");
      statement.execute("DELETE FROM tenant_user WHERE 1 = 1");
      statement.execute("DELETE FROM stored_role WHERE 1 = 1");
      statement.execute("UPDATE api_key_version SET pepper_hash = NULL WHERE 1 = 1");
    }
    first = open();
    second = open();
  }

  @AfterEach
  final void end() {
    first.close();
    second.close();
  }

  final Opened open() throws InterruptedException {
    return open(pepper());
  }

  final Opened open(Optional<String> configured) throws InterruptedException {
    Database database = new Database(url(), folder);
    SecureRandom random = new SecureRandom();
    Pepper pepper = new Pepper(configured, folder, database.isServer(), random);
    InstantSource clock = now::get;
    KeySnapshot snapshot = new KeySnapshot(clock, pepper.exists() || database.isServer());
    ConfiguredMasterKeys masters =
        new ConfiguredMasterKeys(
            new ConfiguredMasterKeys.Sources(masterKey, masterKeyFile, folder, true),
            random,
            clock);
    ManagementStores store =
        new ManagementStores(
            database,
            new ManagementStores.KeyProtection(pepper, masters, random),
            clock,
            (tenant, name) -> tenant.equals("acme") && name.equals("of-settings"),
            snapshot,
            BackgroundThreads.unreported());
    store.start(Duration.ofSeconds(1));
    return new Opened(store, snapshot);
  }

  static void until(BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  final ApiKey wanted(String name) {
    return wanted(name, "acme", Optional.empty());
  }

  private ApiKey wanted(String name, String tenant, Optional<Instant> expires) {
    return wanted(name, tenant, Role.USER, expires);
  }

  final ApiKey wanted(String name, Role role) {
    return wanted(name, "acme", role, Optional.empty());
  }

  private ApiKey wanted(String name, String tenant, Role role, Optional<Instant> expires) {
    Identity identity =
        new Identity(
            tenant,
            "web",
            "alice",
            name,
            role.permissions(),
            new AllowList(List.of("fast", "openai/*")),
            new AllowList(List.of()),
            Set.of("shop", "eu"),
            LIMITS);
    return new ApiKey("", "", role, identity, false, now.get(), now.get(), expires);
  }

  static KeyQuery all() {
    return new KeyQuery(Optional.empty(), Optional.empty(), 100);
  }

  /** Usage and budgets know a key by its name: the two would spend and show as one. */
  @Test
  void aStoredKeyCannotTakeTheNameOfAKeyOfTheSettings() {
    assertThatThrownBy(() -> first.keys().create(wanted("of-settings")))
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(409);
              assertThat(problem.message()).contains("'acme'", "'of-settings' in the settings");
            });
    IssuedKey other = first.keys().create(wanted("other"));
    assertThatThrownBy(
            () ->
                first
                    .keys()
                    .change(
                        other.key().id(),
                        key ->
                            new ApiKey(
                                key.id(),
                                key.label(),
                                key.role(),
                                wanted("of-settings").identity(),
                                false,
                                key.created(),
                                key.updated(),
                                key.expires())))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void aNulInTheNameOfAKeyCannotBreakAWrite() {
    IssuedKey made = first.keys().create(wanted("app\0two"));
    assertThat(first.keys().find(made.key().id()).orElseThrow().name()).isEqualTo("app\uFFFDtwo");
    assertThatThrownBy(() -> second.keys().create(wanted("app\0two")))
        .as("the name is taken, as it was written")
        .isInstanceOf(CallerProblem.class);
    assertThat(first.keys().delete(made.key().id())).isTrue();
  }

  @Test
  void aKeyWorksAtOnceHereAndSoonInEveryOtherGateway() {
    IssuedKey made = first.keys().create(wanted("app"));

    Identity identity = wanted("app").identity().withKeyId(made.key().id());
    assertThat(made.secret()).startsWith(KeySnapshot.PREFIX).hasSizeGreaterThan(50);
    assertThat(made.key().label()).isEqualTo(made.secret().substring(0, 14) + "...");
    assertThat(first.says(made.secret())).isEqualTo(new Authenticated(identity));
    until(() -> second.says(made.secret()).equals(new Authenticated(identity)));
    assertThat(first.says(made.secret() + "x")).isEqualTo(Authentication.UNKNOWN);
  }

  @Test
  void whatWasStoredIsFoundAgainByAnotherProcess() throws Exception {
    IssuedKey made =
        first
            .keys()
            .create(wanted("app", "acme", Optional.of(Instant.parse("2027-01-01T00:00:00Z"))));
    try (Opened later = open()) {
      assertThat(later.keys().find(made.key().id())).contains(made.key());
      assertThat(later.keys().find("key_none")).isEmpty();
      until(() -> later.says(made.secret()) instanceof Authenticated);
    }
  }

  @Test
  void aDisabledOrDeletedKeyIsRefusedInEveryGateway() {
    IssuedKey disabled = first.keys().create(wanted("disabled"));
    IssuedKey deleted = first.keys().create(wanted("deleted"));
    until(() -> second.says(deleted.secret()) instanceof Authenticated);

    first.keys().change(disabled.key().id(), key -> copy(key, true, key.expires()));
    assertThat(first.keys().delete(deleted.key().id())).isTrue();
    assertThat(first.keys().delete(deleted.key().id())).isFalse();

    assertThat(first.says(disabled.secret())).isInstanceOf(Rejected.class);
    assertThat(first.says(deleted.secret())).isEqualTo(Authentication.UNKNOWN);
    until(() -> second.says(disabled.secret()) instanceof Rejected);
    until(() -> second.says(deleted.secret()).equals(Authentication.UNKNOWN));
    assertThat(second.snapshot().hasCredentials()).as("it stays closed").isTrue();
  }

  /** The best of three, since the machine may be busy. */
  @Test
  void aRevokedKeyIsRefusedInEveryGatewayWithinFiveSeconds() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 3 && best > Duration.ofSeconds(5).toNanos(); i++) {
      IssuedKey key = first.keys().create(wanted("revoked-" + i));
      until(() -> second.says(key.secret()) instanceof Authenticated);
      long begun = System.nanoTime();
      first.keys().delete(key.key().id());
      until(() -> second.says(key.secret()).equals(Authentication.UNKNOWN));
      best = Math.min(best, System.nanoTime() - begun);
    }
    assertThat(Duration.ofNanos(best)).isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  private static ApiKey copy(ApiKey key, boolean disabled, Optional<Instant> expires) {
    return new ApiKey(
        key.id(),
        key.label(),
        key.role(),
        key.identity(),
        disabled,
        key.created(),
        key.updated(),
        expires);
  }

  @Test
  void aKeyExpiresByTheClock() {
    Instant end = now.get().plusSeconds(60);
    String secret = first.keys().create(wanted("short", "acme", Optional.of(end))).secret();
    assertThat(first.says(secret)).isInstanceOf(Authenticated.class);

    now.set(end);

    assertThat(first.says(secret))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.problem()).hasMessageContaining("expired"));
  }

  @Test
  void bothSecretsWorkDuringTheOverlapOfARotationAndThenTheNewOneOnly() {
    IssuedKey old = first.keys().create(wanted("app"));
    IssuedKey made = first.keys().rotate(old.key().id(), Duration.ofSeconds(60)).orElseThrow();

    assertThat(made.key().id()).isEqualTo(old.key().id());
    assertThat(made.key().label()).isNotEqualTo(old.key().label());
    assertThat(first.says(old.secret())).isInstanceOf(Authenticated.class);
    assertThat(first.says(made.secret())).isInstanceOf(Authenticated.class);
    now.set(now.get().plusSeconds(60));
    assertThat(first.says(old.secret())).isInstanceOf(Rejected.class);
    assertThat(first.says(made.secret())).isInstanceOf(Authenticated.class);
    assertThat(first.keys().rotate("key_none", Duration.ZERO)).isEmpty();
  }

  @Test
  void aNameIsUniqueInItsTenant() {
    first.keys().create(wanted("app"));
    first.keys().create(wanted("app", "globex", Optional.empty()));

    assertThatThrownBy(() -> second.keys().create(wanted("app")))
        .hasFieldOrPropertyWithValue("code", "key_name_taken")
        .hasFieldOrPropertyWithValue("status", 409);
    assertThat(first.keys().list(all())).hasSize(2);
  }

  @Test
  void keysAreListedByPageAndTenantTheNewestFirst() {
    for (int i = 0; i < 5; i++) {
      first.keys().create(wanted("app-" + i));
      first.keys().create(wanted("app-" + i, "globex", Optional.empty()));
      now.set(now.get().plusSeconds(1));
    }
    List<String> names = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < 3; page++) {
      List<ApiKey> found = first.keys().list(new KeyQuery(Optional.of("acme"), after, 2));
      found.forEach(key -> names.add(key.name()));
      after = Optional.of(found.getLast().id());
    }
    assertThat(names).containsExactly("app-4", "app-3", "app-2", "app-1", "app-0");
    assertThat(first.keys().list(all())).hasSize(10);
    String last = first.keys().list(all()).getLast().id();
    assertThat(first.keys().list(new KeyQuery(Optional.empty(), Optional.of(last), 2))).isEmpty();
    for (String unknown : List.of("key_none", last)) {
      KeyQuery wrong = new KeyQuery(Optional.of("nowhere"), Optional.of(unknown), 2);
      assertThatThrownBy(() -> first.keys().list(wrong))
          .as("of another tenant, or of none")
          .hasMessageContaining("'after' must be the 'id' of an entry of the list");
    }
  }

  @Test
  void aChangeThatIsRefusedChangesNothing() {
    IssuedKey made = first.keys().create(wanted("app"));
    assertThatThrownBy(
            () ->
                first
                    .keys()
                    .change(
                        made.key().id(),
                        key -> {
                          throw CallerProblem.invalid("no");
                        }))
        .hasMessage("no");
    assertThat(first.keys().find(made.key().id())).contains(made.key());
  }

  @Test
  void theDatabaseHoldsNoKey() throws SQLException {
    IssuedKey made = first.keys().create(wanted("app"));
    byte[] secret = made.secret().getBytes(StandardCharsets.UTF_8);
    try (Connection connection = new Database(url(), folder).connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM api_key")) {
      assertThat(row.next()).isTrue();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        assertThat(String.valueOf(row.getString(i))).doesNotContain(made.secret());
        assertThat(row.getBytes(i) == null ? new byte[0] : row.getBytes(i)).isNotEqualTo(secret);
      }
    }
    assertThat(made).asString().doesNotContain(made.secret());
  }
}
