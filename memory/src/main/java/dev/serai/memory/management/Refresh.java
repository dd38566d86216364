package dev.serai.memory.management;

import dev.serai.core.background.BackgroundThread;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.keys.KeyHash;
import dev.serai.core.keys.KeyHasher;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.prompt.PublishedPrompt;
import dev.serai.memory.budgets.StoredBudgets;
import dev.serai.memory.credentials.SealedCredential;
import dev.serai.memory.credentials.StoredCredentials;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.ThreadConnection;
import dev.serai.memory.experiments.StoredExperiments;
import dev.serai.memory.keys.KeyVersion;
import dev.serai.memory.keys.Pepper;
import dev.serai.memory.keys.StoredKeys;
import dev.serai.memory.people.StoredTenants;
import dev.serai.memory.people.StoredUsers;
import dev.serai.memory.prompts.KnownPrompts;
import dev.serai.memory.roles.StoredRoles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the keys, tenants, users, roles, budgets, running experiments and prompts into memory
 * whenever their version in the database changes: at most two seconds after a change in another
 * process, and at once after one in this process. While the database is unavailable, the keys read
 * before stay in use. Thread-safe.
 */
final class Refresh {
  private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int MAX_REPORTED = 20;
  private static final long NOT_READ = -1;

  private final Pepper pepper;
  private final Consumer<Read> sink;
  private final Consumer<List<PublishedPrompt>> published;
  private final Runnable unchanged;
  private final BackgroundThread thread;
  private final CountDownLatch first = new CountDownLatch(1);
  private final ThreadConnection open;
  private final KnownPrompts prompts = new KnownPrompts();
  private long version = NOT_READ;
  private boolean unreadable;

  /**
   * What was read. Keys and users have the names of their roles, and no permissions yet.
   *
   * @param hasher that made the hashes; empty if this gateway cannot make them
   */
  record Read(
      Optional<KeyHasher> hasher,
      Map<KeyHash, KeySnapshot.Entry> keys,
      List<Tenant> tenants,
      List<TenantUser> users,
      List<Role> roles,
      List<SealedCredential> credentials,
      List<Budget> budgets,
      List<Experiment> running) {
    /** The keys with what their roles allow. */
    Map<KeyHash, KeySnapshot.Entry> resolved(Roles known) {
      Map<KeyHash, KeySnapshot.Entry> resolved = new HashMap<>();
      keys.forEach(
          (hash, entry) ->
              resolved.put(
                  hash, new KeySnapshot.Entry(entry.key().resolved(known), entry.untilMillis())));
      return resolved;
    }

    /** Names of roles that keys and users have and that are not known, sorted. */
    Set<String> unknownRoles(Roles known) {
      return Stream.concat(
              keys.values().stream().map(entry -> entry.key().role()),
              users.stream().map(TenantUser::role))
          .map(Role::name)
          .filter(name -> known.find(name).isEmpty())
          .distinct()
          .limit(MAX_REPORTED)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The limits of keys, each once. */
    List<Budget> limits() {
      return keys.values().stream()
          .flatMap(entry -> entry.key().budget().stream())
          .distinct()
          .toList();
    }
  }

  /**
   * @param sink receives everything but the prompts whenever something has changed
   * @param published receives the prompts after that
   * @param unchanged runs whenever nothing has
   */
  Refresh(
      Database database,
      Pepper pepper,
      Consumer<Read> sink,
      Consumer<List<PublishedPrompt>> published,
      Runnable unchanged,
      BackgroundThreads threads) {
    this.published = published;
    this.unchanged = unchanged;
    this.open = ThreadConnection.of(database, "api keys");
    this.pepper = pepper;
    this.sink = sink;
    this.thread = threads.make("api-keys", this::run);
  }

  /** Starts to read in the background. */
  void start() {
    thread.start();
  }

  /** Waits until the keys were read for the first time; false if it takes longer than this. */
  boolean awaitFirst(Duration atMost) throws InterruptedException {
    return first.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops the thread, which closes its connection. */
  void stop() {
    thread.stopAndJoin(STOP);
  }

  private void run(BackgroundThread self) {
    open.repeat(self, POLL, () -> open.run(this::read, failure -> report(self, failure)));
    open.close();
  }

  private static void report(BackgroundThread self, Exception failure) {
    if (!self.isStopping()) {
      LOG.warn(
          "api keys: the database cannot be read, so the keys read before stay in use: {}",
          FailureText.of(failure));
    }
  }

  /**
   * Reads the keys if they have changed, or if their pepper can be read now. The version is read
   * first: if the keys change in between, they are read once more.
   */
  synchronized void read(Connection connection) throws SQLException {
    KeyVersion now = KeyVersion.read(connection);
    boolean wasUnreadable = unreadable;
    Optional<KeyHasher> hasher = hasher();
    if (wasUnreadable && !unreadable) {
      version = NOT_READ; // until all is read again, also if the database fails now
    }
    if (now.number() != version) {
      if (!unreadable && now.isOfAnotherPepperThan(hasher)) {
        LOG.error(
            "api keys: the stored keys are hashed with another pepper than this gateway has, and do"
                + " not work here; set SERAI_KEY_PEPPER, or restore the file of the pepper");
      }
      sink.accept(
          new Read(
              hasher,
              StoredKeys.all(connection),
              StoredTenants.all(connection),
              StoredUsers.all(connection),
              StoredRoles.all(connection),
              StoredCredentials.all(connection),
              StoredBudgets.all(connection),
              StoredExperiments.running(connection)));
      published.accept(prompts.read(connection)); // last: they are the most to read
      version = now.number();
    } else {
      unchanged.run();
    }
    first.countDown();
  }

  /** Empty without a pepper, and while it cannot be read: everything but keys is still in use. */
  private Optional<KeyHasher> hasher() {
    try {
      Optional<KeyHasher> found = pepper.find();
      unreadable = false;
      return found;
    } catch (IOException e) {
      if (!unreadable) {
        LOG.error(
            "api keys: stored keys are refused until their pepper can be read: {}",
            FailureText.of(e));
      }
      unreadable = true;
      return Optional.empty();
    }
  }
}
