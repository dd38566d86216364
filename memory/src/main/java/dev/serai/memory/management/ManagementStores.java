package dev.serai.memory.management;

import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.budget.Budget;
import dev.serai.core.budget.stored.BudgetStore;
import dev.serai.core.caller.Role;
import dev.serai.core.caller.Roles;
import dev.serai.core.experiment.Experiment;
import dev.serai.core.experiment.ExperimentStore;
import dev.serai.core.experiment.result.ObservedCall;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.people.PeopleSnapshot;
import dev.serai.core.people.PeopleStore;
import dev.serai.core.people.RoleStore;
import dev.serai.core.people.Tenant;
import dev.serai.core.people.TenantUser;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptStore;
import dev.serai.core.prompt.PublishedPrompt;
import dev.serai.core.provider.credential.CredentialStore;
import dev.serai.core.provider.credential.MasterKeys;
import dev.serai.memory.budgets.StoredBudgets;
import dev.serai.memory.credentials.StoredCredentials;
import dev.serai.memory.database.ChangeWriter;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseReader;
import dev.serai.memory.experiments.ObservedCalls;
import dev.serai.memory.experiments.StoredExperiments;
import dev.serai.memory.keys.KeyVersion;
import dev.serai.memory.keys.Pepper;
import dev.serai.memory.keys.StoredKeys;
import dev.serai.memory.people.StoredTenants;
import dev.serai.memory.people.StoredUsers;
import dev.serai.memory.prompts.StoredPrompts;
import dev.serai.memory.roles.StoredRoles;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of what is managed over HTTP.
 *
 * <p>They share a reader, a writer and a version in the database. The writer counts the version up
 * with each change; {@link Refresh} sees that in every gateway and reads everything again. What was
 * read is applied in one order: roles, keys of providers, budgets, experiments, then users and API
 * keys, which have the permissions of their roles, and at last prompts. Thread-safe.
 */
public final class ManagementStores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementStores.class);
  private static final int ID_BYTES = 12;

  private final DatabaseReader reader;
  private final ChangeWriter writer;
  private final Refresh refresh;
  private final PeopleSnapshot people = new PeopleSnapshot();
  private final KeySnapshot snapshot;
  private final StoredRoles roles;
  private final StoredKeys keys;
  private final StoredCredentials credentials;
  private final InstantSource clock;
  private final RandomGenerator random;
  private volatile BudgetSink sink = (_, _) -> {};
  private volatile Consumer<List<Experiment>> running = _ -> {};
  private volatile Consumer<List<PublishedPrompt>> published = _ -> {};
  private Optional<Refresh.Read> last = Optional.empty();

  /**
   * What protects the keys in the database.
   *
   * @param pepper what API keys are hashed with
   * @param masters what provider keys are encrypted with
   * @param random a secure source
   */
  public record KeyProtection(Pepper pepper, MasterKeys masters, RandomGenerator random) {}

  /**
   * Opens nothing; {@link #start} does.
   *
   * @param reserved whether a tenant and a name are those of a key that is not stored here
   * @param snapshot receives the keys whenever they change
   */
  public ManagementStores(
      Database database,
      KeyProtection protection,
      InstantSource clock,
      BiPredicate<String, String> reserved,
      KeySnapshot snapshot,
      BackgroundThreads threads) {
    this.snapshot = snapshot;
    this.clock = clock;
    random = protection.random;
    reader = new DatabaseReader(database, "keys");
    refresh =
        new Refresh(
            database,
            protection.pepper,
            this::replace,
            read -> published.accept(read),
            this::retry,
            threads);
    writer = new ChangeWriter(database, "keys", new Counted());
    roles = new StoredRoles(writer.of("roles"), clock);
    keys =
        new StoredKeys(
            reader,
            writer,
            roles,
            new StoredKeys.Making(protection.pepper, random, () -> id("key_")),
            clock,
            reserved);
    credentials =
        new StoredCredentials(
            reader.of("credentials"),
            writer.of("credentials"),
            protection.masters,
            () -> id("cred_"),
            clock,
            random);
  }

  /** The version is counted up first, so that changes in other processes wait. */
  private final class Counted implements ChangeWriter.Around {
    @Override
    public void begin(Connection connection) throws SQLException {
      KeyVersion.increment(connection);
    }

    @Override
    public void stored(Connection connection) throws SQLException, IOException {
      refresh.read(connection);
    }
  }

  private synchronized void replace(Refresh.Read read) {
    roles.replace(read.roles());
    credentials.replace(read.credentials());
    sink.replace(read.budgets(), read.limits()); // before the keys that they limit can be used
    running.accept(read.running());
    last = Optional.of(read);
    apply(read);
  }

  private synchronized void retry() {
    credentials.retry();
  }

  /** Gives keys and users what their roles allow now. */
  private void apply(Refresh.Read read) {
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

  /** Stores API keys. */
  public KeyStore keys() {
    return keys;
  }

  /** Stores roles. */
  public RoleStore roles() {
    return roles;
  }

  /** The roles as the database has them now. Blocks. */
  public Roles readRoles() {
    return reader.of("roles").read(roles::in);
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
    return new StoredBudgets(
        reader.of("budgets"), writer.of("budgets"), clock, () -> id("budget_"));
  }

  /** Sets who receives the running experiments whenever anything has changed, before the start. */
  public void reportExperiments(Consumer<List<Experiment>> experiments) {
    running = experiments;
  }

  /** Stores experiments. */
  public ExperimentStore experiments() {
    return new StoredExperiments(
        reader.of("experiments"), writer.of("experiments"), clock, () -> id("exp_"));
  }

  /** Sets who receives the prompts whenever anything has changed, before the start. */
  public void reportPrompts(Consumer<List<PublishedPrompt>> prompts) {
    published = prompts;
  }

  /** Stores prompts. */
  public PromptStore prompts() {
    return new StoredPrompts(
        reader.of("prompts"), writer.of("prompts"), clock, () -> id(Prompt.ID));
  }

  /** Reads the calls of experiments from the ledger. */
  public ObservedCall.Source observedCalls() {
    return (experiment, kind) ->
        reader
            .of("experiments")
            .read(
                connection ->
                    ObservedCalls.of(connection, experiment, kind, experiment.rounds().maxCalls()));
  }

  /** The stored tenants and users, as they were read last. */
  public PeopleSnapshot people() {
    return people;
  }

  /** Stores tenants. */
  public PeopleStore<Tenant> tenants() {
    return new StoredTenants(reader.of("tenants"), writer.of("tenants"));
  }

  /** Stores users. */
  public PeopleStore<TenantUser> users() {
    return new StoredUsers(reader.of("users"), writer.of("users"), roles, () -> id("user_"));
  }

  /** Stores keys of providers. */
  public CredentialStore credentials() {
    return credentials;
  }

  /**
   * Starts to read the keys in the background, at intervals.
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

  private String id(String prefix) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }

  @Override
  public void close() {
    CloseAll.inOrder(refresh::stop, writer::close, reader::close);
  }
}
