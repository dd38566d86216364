package dev.serai.memory.keys;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.credential.CredentialStore;
import dev.serai.core.credential.MasterKeys;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.people.PeopleSnapshot;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.RoleStore;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores API keys in the database. Thread-safe. */
public final class DatabaseKeyStore implements KeyStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseKeyStore.class);

  /** 288 bits: more than 256 remain unknown to a reader of the label. */
  private static final int SECRET_BYTES = 36;

  private static final int ID_BYTES = 12;
  private static final int COMPARED_AT_ONCE = 1_000;
  private static final int LABEL_LENGTH = KeySnapshot.PREFIX.length() + 5;

  private final DatabaseReader reader;
  private final KeyWriter writer;
  private final Pepper pepper;
  private final KeyRefresh refresh;
  private final PeopleSnapshot people = new PeopleSnapshot();
  private final StoredRoles roles;
  private final StoredCredentials credentials;
  private final KeySnapshot snapshot;
  private final InstantSource clock;
  private final RandomGenerator random;
  private volatile BudgetSink sink = (_, _) -> {};
  private Optional<KeyRefresh.Read> last = Optional.empty();
  private final BiPredicate<String, String> reserved;

  /**
   * What the store uses.
   *
   * @param random a secure source
   * @param reserved whether a tenant and a name are those of a key that is not stored here
   */
  public record Parts(
      Database database,
      Pepper pepper,
      MasterKeys masters,
      InstantSource clock,
      RandomGenerator random,
      BiPredicate<String, String> reserved) {}

  /**
   * Opens nothing; {@link #start} does.
   *
   * @param snapshot receives the keys whenever they change
   */
  public DatabaseKeyStore(Parts parts, KeySnapshot snapshot, BackgroundThreads threads) {
    this.reader = new DatabaseReader(parts.database, "keys");
    this.pepper = parts.pepper;
    this.snapshot = snapshot;
    this.clock = parts.clock;
    this.random = parts.random;
    this.reserved = parts.reserved;
    this.refresh = new KeyRefresh(parts.database, pepper, this::replace, threads);
    this.writer = new KeyWriter(parts.database, refresh::read);
    this.roles = new StoredRoles(writer, clock);
    this.credentials =
        new StoredCredentials(
            reader,
            writer,
            new StoredCredentials.Parts(parts.masters, () -> id("cred_"), clock, random));
  }

  private synchronized void replace(KeyRefresh.Read read) {
    roles.replace(read.roles());
    credentials.replace(read.credentials());
    sink.replace(read.budgets(), read.limits()); // before the keys that they limit can be used
    last = Optional.of(read);
    apply(read);
  }

  /** Gives keys and users what their roles allow now. */
  private void apply(KeyRefresh.Read read) {
    Roles known = roles.known();
    people.replace(
        read.tenants(), read.users().stream().map(user -> user.resolved(known)).toList());
    snapshot.replace(read.hasher(), read.resolved(known));
    Set<String> unknown = read.unknownRoles(known);
    if (!unknown.isEmpty()) {
      LOG.warn(
          "api keys: some of them or of the users have roles that do not exist, and may do nothing:"
              + " {}; add these to auth.roles in the settings, or revoke the keys",
          String.join(", ", unknown));
    }
  }

  /** Takes the roles of the settings; stored keys that have them get their permissions. */
  public synchronized void configure(Collection<Role> ofSettings) {
    roles.configure(ofSettings);
    last.ifPresent(this::apply);
  }

  /** Stores roles. */
  public RoleStore roles() {
    return roles;
  }

  /** The roles as the database has them now. Blocks. */
  public Roles readRoles() {
    return reader.read(roles::in);
  }

  /** Receives the stored budgets and the limits of keys whenever anything has changed. */
  public interface BudgetSink {
    /** Replaces those that were received before. */
    void replace(List<Budget> stored, List<Budget> ofKeys);
  }

  /** Sets who receives the stored budgets, before the start. */
  public void report(BudgetSink budgets) {
    sink = budgets;
  }

  /** Stores budgets. */
  public BudgetStore budgets() {
    return new StoredBudgets(reader, writer, clock, () -> id("budget_"));
  }

  /** The stored tenants and users, as they were read last. */
  public PeopleSnapshot people() {
    return people;
  }

  /** Stores tenants. */
  public PeopleStore<Tenant> tenants() {
    return new StoredTenants(reader, writer);
  }

  /** Stores users. */
  public PeopleStore<TenantUser> users() {
    return new StoredUsers(reader, writer, roles, () -> id("user_"));
  }

  /** Stores keys of providers. */
  public CredentialStore credentials() {
    return credentials;
  }

  /**
   * Starts to read the keys in the background, again and again.
   *
   * @param wait how long to wait for the first time; if it takes longer, they are read later
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public void start(Duration wait) throws InterruptedException {
    refresh.start();
    if (!wait.isZero() && !refresh.awaitFirst(wait)) {
      LOG.warn(
          "api keys: the keys in the database have not been read yet; requests with a stored key"
              + " are refused until they are");
    }
  }

  /**
   * Waits until everything was read for the first time; false if it takes longer than this.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean awaitRead(Duration atMost) throws InterruptedException {
    return refresh.awaitFirst(atMost);
  }

  @Override
  public IssuedKey create(ApiKey wanted) {
    return writer.run(
        connection -> {
          KeyHasher hasher = hasher(connection);
          String secret = secret();
          ApiKey key = labelled(wanted, id("key_"), secret);
          requireFreeName(connection, key);
          roles.requireCurrent(connection, key.role());
          KeyRows.insert(connection, key, hasher.hash(secret));
          return new IssuedKey(key, secret);
        });
  }

  @Override
  public Optional<ApiKey> find(String id) {
    return reader.read(connection -> found(connection, id));
  }

  @Override
  public List<ApiKey> list(KeyQuery query) {
    return reader.read(
        connection -> {
          Roles known = roles.in(connection);
          return KeyRows.list(connection, query).stream().map(key -> key.resolved(known)).toList();
        });
  }

  private Optional<ApiKey> found(Connection connection, String id) throws SQLException {
    Roles known = roles.in(connection);
    return KeyRows.find(connection, id).map(key -> key.resolved(known));
  }

  @Override
  public Optional<ApiKey> change(String id, UnaryOperator<ApiKey> change) {
    return writer.run(
        connection -> {
          Optional<ApiKey> known = found(connection, id);
          Optional<ApiKey> changed = known.map(change);
          if (changed.isPresent()) {
            if (!changed.get().name().equals(known.get().name())) {
              requireFreeName(connection, changed.get());
            }
            KeyRows.update(connection, changed.get());
          }
          return changed;
        });
  }

  @Override
  public Optional<IssuedKey> rotate(String id, Duration overlap) {
    return writer.run(
        connection -> {
          Optional<ApiKey> old = found(connection, id);
          return old.isEmpty()
              ? Optional.empty()
              : Optional.of(rotated(connection, old.get(), overlap));
        });
  }

  private IssuedKey rotated(Connection connection, ApiKey old, Duration overlap)
      throws SQLException, IOException {
    String secret = secret();
    Instant now = clock.instant();
    ApiKey key = labelled(old, old.id(), secret);
    KeyHasher hasher = hasher(connection);
    KeyRows.rotate(connection, key.id(), hasher.hash(secret), now.plus(overlap).toEpochMilli());
    KeyRows.update(connection, key);
    return new IssuedKey(key, secret);
  }

  @Override
  public List<ApiKey.Usage> usage(List<ApiKey> keys) {
    return reader.read(connection -> KeyCosts.of(connection, keys, clock.millis()));
  }

  @Override
  public boolean delete(String id) {
    return writer.run(connection -> KeyRows.delete(connection, id));
  }

  /** Every change waits for the one before, in other gateways too, so what is read here stays. */
  @Override
  public Deletion deleteUnlessLast(String id, Predicate<ApiKey> kind) {
    return writer.run(
        connection -> {
          Optional<ApiKey> key = found(connection, id);
          if (key.isPresent() && kind.test(key.get()) && !hasAnother(connection, id, kind)) {
            return Deletion.LAST;
          }
          return KeyRows.delete(connection, id) ? Deletion.DONE : Deletion.UNKNOWN;
        });
  }

  private boolean hasAnother(Connection connection, String id, Predicate<ApiKey> kind)
      throws SQLException {
    Roles known = roles.in(connection);
    Optional<String> after = Optional.empty();
    while (true) {
      KeyQuery query = new KeyQuery(Optional.empty(), after, COMPARED_AT_ONCE);
      List<ApiKey> page = KeyRows.list(connection, query);
      for (ApiKey key : page) {
        if (!key.id().equals(id) && kind.test(key.resolved(known))) {
          return true;
        }
      }
      if (page.size() < COMPARED_AT_ONCE) {
        return false;
      }
      after = Optional.of(page.getLast().id());
    }
  }

  /** Refuses to mix keys that are hashed with different peppers. */
  private KeyHasher hasher(Connection connection) throws SQLException, IOException {
    KeyHasher hasher = pepper.create();
    byte[] check = KeyRows.version(connection).pepper();
    if (check == null) {
      KeyRows.setPepper(connection, KeyRefresh.check(hasher));
    } else if (!KeyRefresh.isOf(check, hasher)) {
      throw new CallerProblem(
          409,
          "key_pepper_wrong",
          "The stored API keys are hashed with another pepper than this gateway has. Set"
              + " SERAI_KEY_PEPPER to that one, or restore its file.",
          Optional.empty());
    }
    return hasher;
  }

  /** Usage, limits and budgets know a key by its name: no other may have it. */
  private void requireFreeName(Connection connection, ApiKey key) throws SQLException {
    String has = "The tenant '" + key.tenant() + "' already has a key with the name '";
    if (KeyRows.isNameTaken(connection, key)) {
      throw nameTaken(has + key.name() + "'.");
    }
    if (reserved.test(key.tenant(), key.name())) {
      throw nameTaken(has + key.name() + "' in the settings. Choose another name.");
    }
  }

  private static CallerProblem nameTaken(String message) {
    return new CallerProblem(409, "key_name_taken", message, Optional.of("name"));
  }

  private ApiKey labelled(ApiKey key, String id, String secret) {
    return new ApiKey(
        id,
        secret.substring(0, LABEL_LENGTH) + "...",
        key.role(),
        key.identity(),
        key.disabled(),
        key.created(),
        clock.instant(),
        key.expires(),
        key.spending());
  }

  private String secret() {
    return KeySnapshot.PREFIX
        + Base64.getUrlEncoder().withoutPadding().encodeToString(random(SECRET_BYTES));
  }

  private String id(String prefix) {
    return prefix + HexFormat.of().formatHex(random(ID_BYTES));
  }

  private byte[] random(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    try {
      refresh.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
    reader.close();
  }
}
