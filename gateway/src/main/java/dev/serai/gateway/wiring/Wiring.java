package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.openai.relay.OpenAiRelaySurface;
import dev.serai.config.Settings;
import dev.serai.config.SettingsSecrets;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.catalogue.UnpricedBudgets;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.read.SettingsException;
import dev.serai.config.state.StateSettings;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.secret.SecretManager;
import dev.serai.core.surface.RelaySurface;
import dev.serai.core.time.TimeAndRandomness;
import dev.serai.gateway.console.ConsoleAccount;
import dev.serai.gateway.management.StateDatabase;
import dev.serai.gateway.models.CatalogueModels;
import dev.serai.gateway.models.ReloadableCatalogue;
import dev.serai.gateway.telemetry.metrics.Metrics;
import dev.serai.memory.database.Database;
import dev.serai.memory.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All features of a gateway, in order. One instance for each gateway. One thread starts it; then it
 * is thread-safe.
 */
public final class Wiring implements AutoCloseable {
  private final RelaySurface relayed = new OpenAiRelaySurface();
  private final SharedParts shared;
  private final IdentityFeature identity;
  private final Database database;
  private final RoutesFeature routes;
  private final EdgeFeature edge;
  private final FairnessFeature fairness;
  private final GuardFeature guards;
  private final ConsoleFeature console;
  private final Features features;

  /**
   * Opens the log and makes everything else, but starts nothing.
   *
   * @param environment as {@link System#getenv()}
   * @param checkout where routes/ and adapters/kamelets/ are
   * @throws IOException if the log file cannot be opened
   * @throws IllegalArgumentException if a setting cannot be used; then nothing is left open
   */
  public static Wiring open(
      Settings settings, Map<String, String> environment, TimeAndRandomness sources, Path checkout)
      throws IOException {
    ReloadableSecrets secrets = new ReloadableSecrets(new SettingsSecrets(settings, environment));
    SharedParts shared = parts(settings, secrets, sources, checkout);
    LoggingFeature logging = new LoggingFeature(shared);
    try {
      return new Wiring(shared, environment, logging);
    } catch (RuntimeException e) { // whatever failed: the log may not stay open
      throw CloseAll.after(e, () -> CloseAll.inOrder(logging::close, shared::close));
    }
  }

  /**
   * What the settings are checked against.
   *
   * @param secrets reads what they refer to
   */
  public static SettingsFacts facts(SecretManager secrets) {
    return new SettingsFacts(
        Dialects.byName(),
        Wiring::databaseFault,
        GuardFeature::schemaFault,
        CatalogueModels.builtIn(),
        secrets);
  }

  /**
   * The text is fixed, because the message of an exception may contain the URL and its password.
   */
  private static Optional<String> databaseFault(StateSettings state) {
    try {
      new Database(state.databaseUrl().reveal(), state.folder()); // opens nothing
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "the database must be sqlite, sqlite:FILE or postgres://USER:PASSWORD@HOST:PORT/NAME,"
              + " with special characters in the password percent-encoded");
    }
  }

  private Wiring(SharedParts shared, Map<String, String> environment, LoggingFeature logging) {
    this.shared = shared;
    database = StateDatabase.of(shared.settings(), environment);
    TelemetryFeature telemetry = new TelemetryFeature(shared, logging.logging());
    SurfacesFeature surfaces = new SurfacesFeature(shared, telemetry.problems());
    AccountingFeature accounting = new AccountingFeature(shared, database, telemetry);
    LimitsFeature limits = new LimitsFeature(shared, surfaces.surfaces(), accounting.ledger());
    fairness = new FairnessFeature(shared);
    ProvidersFeature providers = new ProvidersFeature(shared, telemetry);
    RoutingFeature routing = new RoutingFeature(shared, database, providers, surfaces);
    KeysFeature keys = new KeysFeature(shared, database, providers.catalogue());
    BudgetsFeature.Managed managed = new BudgetsFeature.Managed(routing.models(), keys.stores());
    BudgetsFeature budgets = new BudgetsFeature(shared, database, accounting, managed);
    MemoryFeature memory = new MemoryFeature(shared, database);
    routes = new RoutesFeature(shared);
    identity = new IdentityFeature(shared, keys, providers::send);
    AuditFeature audit = new AuditFeature(shared);
    PrivacyFeature privacy = new PrivacyFeature(shared);
    guards = new GuardFeature(shared, routes::context);
    edge = new EdgeFeature(shared, surfaces.surfaces(), telemetry, admission(providers, audit));
    console = new ConsoleFeature(shared);
    // They start and hear of ended calls in this order, the ledger first, and close in reverse.
    features =
        new Features(
            List.of(
                logging,
                audit,
                keys,
                identity,
                new LoginFeature(shared, identity, providers::send, audit.log()),
                routes,
                accounting,
                budgets,
                telemetry,
                providers,
                new AlertsFeature(shared, database, budgets, providers::send),
                new ResponsesFeature(shared, database),
                memory,
                new SessionsFeature(shared, database, routes::context),
                surfaces,
                limits,
                fairness,
                routing,
                feedback(accounting, routing, privacy),
                new ExperimentsFeature(shared, routing, keys, audit.log()),
                new PromptsFeature(shared, routing, keys),
                new ShadowFeature(shared, accounting, routing, routes::context),
                new RelayFeature(shared, surfaces.surfaces(), relayed, routing.models()),
                privacy,
                guards,
                new CacheFeature(shared, memory.embedder()),
                new AttemptFeature(shared, providers, privacy, routing),
                new HealthProbesFeature(shared, routes),
                new PersonaFeature(shared),
                new ModelsFeature(shared, providers.catalogue()),
                service(providers, accounting.ledger()),
                new SettingsFeature(shared, environment, keys, routes, this::replace),
                edge,
                console));
  }

  private FeedbackFeature feedback(
      AccountingFeature accounting, RoutingFeature routing, PrivacyFeature privacy) {
    return new FeedbackFeature(shared, database, accounting, routing, privacy, routes::context);
  }

  private EdgeFeature.Admission admission(ProvidersFeature providers, AuditFeature audit) {
    return new EdgeFeature.Admission(
        identity.callers(), relayed::scanner, providers.loops()::refuseLoop, audit.log());
  }

  private ServiceFeature service(ProvidersFeature providers, Ledger ledger) {
    ServiceFeature.Needs needs = new ServiceFeature.Needs(this::unavailable, () -> !ledger.full());
    return new ServiceFeature(shared, edge, fairness, providers, needs, databaseName());
  }

  private void replace(Settings fresh) {
    features.replace(fresh);
  }

  private List<String> unavailable() {
    return features.unavailable();
  }

  /**
   * Refuses to start where anyone on the network could use the gateway.
   *
   * @throws SettingsException if that is so
   */
  public void requireKeys() {
    openToOthers()
        .ifPresent(
            fault -> {
              throw new SettingsException(List.of(fault));
            });
  }

  /** Why the gateway must not serve: anyone on the network could use it. */
  public Optional<String> openToOthers() {
    return identity.fault();
  }

  private static SharedParts parts(
      Settings settings, ReloadableSecrets secrets, TimeAndRandomness sources, Path checkout) {
    return new SharedParts(
        settings,
        secrets,
        checkout,
        sources,
        new ReloadableCatalogue(new SettingsCatalogue(settings, sources.clock())),
        new Providers(),
        Dialects.byName(),
        new Metrics(),
        new ChannelEventLoops(),
        new ByteLimit(settings.server().memoryLimitBytes()),
        ThreadFailures.threads(sources.ticker()));
  }

  /** Every step and component by the name that routes use. */
  public Map<String, Object> beans() {
    return features.beans();
  }

  /** Loads the routes of providers and starts the features in order. */
  public void start() {
    database
        .foreign()
        .ifPresent(
            reason -> {
              throw new StartException(List.of(reason));
            });
    features.start();
  }

  /** Loads the routes of providers and starts nothing else; returns what is wrong with them. */
  public List<String> check() {
    List<String> faults = new ArrayList<>();
    try {
      routes.start();
    } catch (StartException unserved) {
      faults.add(String.valueOf(unserved.getMessage()));
    }
    List<String> unserved = List.copyOf(faults);
    refusedFiles().stream()
        .filter(refused -> unserved.stream().noneMatch(fault -> fault.contains(refused)))
        .forEach(faults::add);
    faults.addAll(uncheckedGuards());
    return faults;
  }

  /** Why route files are refused or cannot be read, with file and line. */
  public List<String> refusedFiles() {
    List<String> refused = new ArrayList<>(routes.refusals());
    refused.addAll(routes.unread());
    return refused;
  }

  /** The port of the HTTP server; the one the system chose if the settings say 0. */
  public int port() {
    return edge.port();
  }

  /** Names of the providers that can be called now. */
  public List<String> providerNames() {
    return shared.providers().all().stream().map(ProviderProfile::name).toList();
  }

  /** The threads that work in the background. */
  public BackgroundThreads threads() {
    return shared.threads();
  }

  /** Whether every request needs an API key. */
  public boolean requiresKeys() {
    return identity.requiresKeys();
  }

  /** How many keys are in the database and can be used. */
  public int storedKeys() {
    return identity.storedKeys();
  }

  /** For the operator: who may use the gateway. */
  public String callers() {
    return identity.report();
  }

  /** Why providers of route files are off, with file and line, and what a call will be refused. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(routes.off());
    warnings.addAll(UnpricedBudgets.warnings(shared.settings(), shared.catalogue()));
    return warnings;
  }

  /** What may be wrong with addresses in route files, with file and line. */
  public List<String> addressWarnings() {
    return routes.addressWarnings();
  }

  /** Guards that cannot check, with their setting. */
  public List<String> uncheckedGuards() {
    return guards.missingRoutes();
  }

  /** The database, without user and password. */
  public String databaseName() {
    return database.toString().replaceFirst("^jdbc:", "");
  }

  /** The account that may log in to the console; empty without a console. */
  public Optional<ConsoleAccount> consoleAccount() {
    return console.account();
  }

  /**
   * Takes no new requests and waits for those that run.
   *
   * @return whether all ended in time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public boolean drain() throws InterruptedException {
    return edge.drain(fairness.scheduler()::end);
  }

  @Override
  public void close() {
    CloseAll.inOrder(features::close, shared::close);
  }
}
