package dev.serai.memory.keys;

import dev.serai.core.caller.Roles;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.IssuedKey;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.problem.CallerProblem;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.roles.StoredRoles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Stores API keys in the database. Thread-safe. */
public final class StoredKeys implements KeyStore {
  /** 288 bits: more than 256 remain unknown to a reader of the label. */
  private static final int SECRET_BYTES = 36;

  private static final int COMPARED_AT_ONCE = 1_000;
  private static final int LABEL_LENGTH = KeySnapshot.PREFIX.length() + 5;

  private final DatabaseReader reader;
  private final ChangeWriter writer;
  private final StoredRoles roles;
  private final Pepper pepper;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<String> ids;
  private final BiPredicate<String, String> reserved;

  /**
   * How new keys are made.
   *
   * @param pepper what they are hashed with
   * @param random a secure source
   * @param ids makes an ID
   */
  public record Making(Pepper pepper, RandomGenerator random, Supplier<String> ids) {}

  /**
   * @param writer counts {@link KeyVersion} up with each change
   * @param reserved whether a tenant and a name are those of a key that is not stored here
   */
  public StoredKeys(
      DatabaseReader reader,
      ChangeWriter writer,
      StoredRoles roles,
      Making making,
      InstantSource clock,
      BiPredicate<String, String> reserved) {
    this.reader = reader;
    this.writer = writer;
    this.roles = roles;
    this.pepper = making.pepper;
    this.clock = clock;
    this.random = making.random;
    this.ids = making.ids;
    this.reserved = reserved;
  }

  /**
   * Every hash that is accepted, now or later, and the key that it is of.
   *
   * @throws SQLException if the database fails
   */
  public static Map<KeyHash, KeySnapshot.Entry> all(Connection connection) throws SQLException {
    return KeyRows.all(connection);
  }

  @Override
  public IssuedKey create(ApiKey wanted) {
    return writer.run(
        connection -> {
          KeyHasher hasher = hasher(connection);
          String secret = secret();
          ApiKey key = labelled(wanted, ids.get(), secret);
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
    return reader
        .read(
            connection -> {
              Roles known = roles.in(connection);
              return KeyRows.list(connection, query)
                  .map(page -> page.stream().map(key -> key.resolved(known)).toList());
            })
        .orElseThrow(KeyQuery::unknownAfter);
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
      List<ApiKey> page = KeyRows.list(connection, query).orElseThrow(KeyQuery::unknownAfter);
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
    KeyVersion version = KeyVersion.read(connection);
    if (version.pepper().isEmpty()) {
      KeyVersion.setPepper(connection, hasher);
    } else if (version.isOfAnotherPepperThan(Optional.of(hasher))) {
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
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return KeySnapshot.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
