package dev.serai.memory.credentials;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.core.provider.credential.MasterKey;
import dev.serai.core.provider.credential.MasterKeys;
import dev.serai.core.provider.credential.ProviderCredential;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.DatabaseReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores keys of providers in the database, encrypted. Thread-safe. */
public final class StoredCredentials implements CredentialStore {
  private static final Logger LOG = LoggerFactory.getLogger(StoredCredentials.class);
  private static final int MAX_CREDENTIALS = 1_000;
  private static final int HINT_LENGTH = 4;

  /** The hint of a shorter key would reveal too much of it. */
  private static final int MIN_HINTED = 16;

  private final DatabaseReader reader;
  private final ChangeWriter writer;
  private final MasterKeys masters;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final RandomGenerator random;
  private volatile Map<String, List<String>> current = Map.of();
  private volatile Runnable listener = () -> {};

  /** What was read last, if a part of it could not be decrypted. */
  private List<SealedCredential> unread = List.of();

  /** The IDs of the master keys that were tried last. */
  private List<String> tried = List.of();

  public StoredCredentials(
      DatabaseReader reader,
      ChangeWriter writer,
      MasterKeys masters,
      Supplier<String> ids,
      InstantSource clock,
      RandomGenerator random) {
    this.reader = reader;
    this.writer = writer;
    this.masters = masters;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * All of them, still encrypted, for {@link #replace}.
   *
   * @throws SQLException if the database fails
   */
  public static List<SealedCredential> all(Connection connection) throws SQLException {
    return CredentialRows.all(connection);
  }

  @Override
  public ProviderCredential create(String provider, String key) {
    ProviderCredential about =
        new ProviderCredential(
            ids.get(),
            provider,
            hint(key),
            "",
            true,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return writer.run(
        connection -> {
          if (CredentialRows.all(connection).size() >= MAX_CREDENTIALS) {
            throw new CallerProblem(
                409,
                "too_many_credentials",
                "Delete stored keys of providers that are not needed first.",
                Optional.empty());
          }
          List<MasterKey> masters = masters(true);
          requireNew(CredentialRows.all(connection), about.provider(), key, masters);
          SealedCredential encrypted =
              SealedCredential.seal(about, key, masters.getFirst(), random);
          CredentialRows.insert(connection, encrypted);
          return encrypted.about();
        });
  }

  /** A key is stored once: otherwise it would stay in use after one of its rows is deleted. */
  private static void requireNew(
      List<SealedCredential> rows, String provider, String key, List<MasterKey> masters) {
    for (SealedCredential row : rows) {
      boolean same =
          row.about().provider().equals(provider)
              && row.open(masters).filter(key::equals).isPresent();
      if (same) {
        throw new CallerProblem(
            409,
            "credential_exists",
            "This key is already stored for the provider '"
                + provider
                + "', as "
                + row.about().id()
                + ".",
            Optional.of("key"));
      }
    }
  }

  private static String hint(String key) {
    return key.length() < MIN_HINTED ? "..." : "..." + key.substring(key.length() - HINT_LENGTH);
  }

  /** At least one master key. */
  private List<MasterKey> masters(boolean create) {
    List<MasterKey> found = read(create);
    if (found.isEmpty()) {
      throw missing(
          "Serai cannot encrypt credentials yet: set SERAI_MASTER_KEY to the same value in every"
              + " gateway that uses the database, for example to the output of: openssl rand -hex"
              + " 32");
    }
    return found;
  }

  private List<MasterKey> read(boolean create) {
    try {
      return this.masters.read(create);
    } catch (IOException e) {
      LOG.error("credentials: the master keys cannot be read: {}", FailureText.of(e));
      throw missing(
          "Serai cannot read the file of its master keys (SERAI_MASTER_KEY_FILE, or"
              + " provider-credentials.key in the folder of the state); the log says why. Restore"
              + " it, or wait until it is complete, and send the request again.");
    }
  }

  private static CallerProblem missing(String message) {
    return new CallerProblem(409, "master_key_missing", message, Optional.empty());
  }

  @Override
  public List<ProviderCredential> list() {
    List<MasterKey> masters = available();
    return reader.read(CredentialRows::all).stream()
        .map(encrypted -> about(encrypted, encrypted.open(masters).isPresent()))
        .toList();
  }

  private static ProviderCredential about(SealedCredential encrypted, boolean usable) {
    ProviderCredential about = encrypted.about();
    return new ProviderCredential(
        about.id(), about.provider(), about.hint(), about.masterKey(), usable, about.created());
  }

  /** The master keys; none if they cannot be read. */
  private List<MasterKey> available() {
    try {
      return this.masters.read(false);
    } catch (IOException e) {
      LOG.error("credentials: the master keys cannot be read: {}", FailureText.of(e));
      return List.of();
    }
  }

  @Override
  public boolean delete(String id) {
    return writer.run(connection -> CredentialRows.delete(connection, id));
  }

  @Override
  public int reencrypt() {
    return writer.run(this::reencrypt);
  }

  private int reencrypt(Connection connection) throws SQLException, IOException {
    List<SealedCredential> rows = CredentialRows.all(connection);
    if (rows.isEmpty()) {
      return 0;
    }
    List<MasterKey> masters = masters(false);
    MasterKey first = masters.getFirst();
    int count = 0;
    for (SealedCredential row : rows) {
      if (!row.about().masterKey().equals(first.id())) {
        String key = row.open(masters).orElseThrow(() -> unreadable(row.about()));
        SealedCredential next = SealedCredential.seal(row.about(), key, first, random);
        CredentialRows.replace(connection, next);
        count++;
      }
    }
    return count;
  }

  private static CallerProblem unreadable(ProviderCredential about) {
    return missing(
        "The credential "
            + about.id()
            + " is encrypted with the master key "
            + about.masterKey()
            + ", which this gateway does not have. Add that key behind the first one, or delete the"
            + " credential.");
  }

  @Override
  public Map<String, List<String>> current() {
    return current;
  }

  @Override
  public void onChange(Runnable wanted) {
    listener = wanted;
  }

  /** Decrypts what was read. A credential that cannot be decrypted is left out. */
  public synchronized void replace(List<SealedCredential> rows) {
    decrypt(rows, rows.isEmpty() ? List.of() : available());
  }

  /**
   * Decrypts again what could not be decrypted, if the master keys are others now: their file may
   * have been read while it was written.
   */
  public synchronized void retry() {
    if (unread.isEmpty()) {
      return;
    }
    try {
      List<MasterKey> found = masters.read(false);
      if (!ids(found).equals(tried)) {
        decrypt(unread, found);
      }
    } catch (IOException e) {
      LOG.debug("credentials: the master keys cannot be read yet", e);
    }
  }

  private void decrypt(List<SealedCredential> rows, List<MasterKey> found) {
    Map<String, List<String>> next = new LinkedHashMap<>();
    boolean all = true;
    for (SealedCredential row : rows) {
      Optional<String> key = row.open(found);
      if (key.isPresent()) {
        next.computeIfAbsent(row.about().provider(), _ -> new ArrayList<>()).add(key.get());
      } else {
        report(row.about());
        all = false;
      }
    }
    unread = all ? List.of() : rows;
    tried = ids(found);
    next.replaceAll((_, keys) -> List.copyOf(keys));
    if (!next.equals(current)) {
      current = Map.copyOf(next);
      listener.run();
    }
  }

  private static List<String> ids(List<MasterKey> keys) {
    return keys.stream().map(MasterKey::id).toList();
  }

  private static void report(ProviderCredential about) {
    LOG.error(
        "credentials: {} of the provider {} cannot be decrypted and is not used: this gateway lacks"
            + " the master key {}, or the row was changed",
        about.id(),
        about.provider(),
        about.masterKey());
  }
}
