package dev.serai.config;

import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.budget.AlertSettings;
import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.check.DeadlineCheck;
import dev.serai.config.check.Findings;
import dev.serai.config.check.ModelCheck;
import dev.serai.config.check.ModelReferences;
import dev.serai.config.check.OwnAddress;
import dev.serai.config.check.ProviderCheck;
import dev.serai.config.check.ReferenceCheck;
import dev.serai.config.check.SchemaCheck;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.check.VariableCheck;
import dev.serai.config.check.auth.AuthCheck;
import dev.serai.config.check.file.FileCheck;
import dev.serai.config.check.file.PathCheck;
import dev.serai.config.guard.GuardSettings;
import dev.serai.config.limit.FairnessSettings;
import dev.serai.config.limit.LimitSettings;
import dev.serai.config.models.ModelEntry;
import dev.serai.config.models.ModelFile;
import dev.serai.config.privacy.PrivacySettings;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderList;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.provider.StoredKeys;
import dev.serai.config.read.Binder;
import dev.serai.config.read.Inputs;
import dev.serai.config.read.Node;
import dev.serai.config.read.Place;
import dev.serai.config.read.PlainReferences;
import dev.serai.config.read.Problems;
import dev.serai.config.read.SecretValues;
import dev.serai.config.read.SettingsException;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.RoutingSettings;
import dev.serai.config.state.MemorySettings;
import dev.serai.config.state.StateSettings;
import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.config.upstream.UpstreamSettings;
import dev.serai.core.net.RedisAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads the settings from the files and the environment. For one use; not thread-safe. */
final class SettingsLoader {
  private static final Pattern SQLITE_FILE = Pattern.compile("(?:jdbc:)?sqlite:(?://(?=/))?(.+)");
  private static final List<String> NAMED = Variables.of("auth.api_keys");
  private static final URI DEFAULT_RECEIVER = URI.create("http://localhost:4318");

  private final Map<String, String> given;
  private final Map<String, String> environment;
  private final Path directory;
  private final SettingsFacts facts;
  private final StoredKeys stored;
  private final SecretValues secrets;
  private final Problems problems;
  private Node.Mapping entries = Node.Mapping.none("none");

  /**
   * @param stored keys of providers that are in no file and no variable
   */
  SettingsLoader(
      Map<String, String> environment, Path directory, SettingsFacts facts, StoredKeys stored) {
    this.given = Map.copyOf(environment);
    this.environment = set(environment);
    this.problems = new Problems(given);
    this.directory = directory;
    this.facts = facts;
    this.secrets = new SecretValues(facts.secrets());
    this.stored = stored;
  }

  /** An empty or blank variable counts as not set. */
  private static Map<String, String> set(Map<String, String> environment) {
    Map<String, String> set = new HashMap<>(environment);
    set.values().removeIf(String::isBlank);
    return set;
  }

  Settings load(Consumer<SettingsException> wrong) {
    readSecrets(Variables.secrets());
    readSecrets(KnownProvider.secrets());
    Optional<SettingsFile> file = SettingsFile.find(environment, directory, problems);
    Node.Mapping written = file.map(this::own).orElseGet(() -> Node.Mapping.none("none"));
    Map<String, Node.Scalar> overrides = Variables.read(environment);
    Binder binder = new Binder(written, overrides, problems);
    Settings bound = bind(binder);
    readSecrets(FileCheck.keyNames(absolute(bound.routes().folder())));
    boolean lenient = file.filter(SettingsFile::isToml).isPresent();
    Map<String, Node.Unset> keyless = reportUnset(binder.unset(), lenient);
    keyless.keySet().removeIf(stored::have);
    Map<String, ProviderSettings> keyed = stored.over(bound.providers());
    List<Provider> providers = new ProviderList(given, written, keyless, problems).of(keyed);
    bound.models().keySet().forEach(name -> ModelNames.alias(name, written, problems));
    ModelFile catalogue = catalogue();
    Findings findings = new Findings(written, overrides, problems);
    List<CallerKey> keys = AuthCheck.keys(bound.auth(), findings);
    checkNames(bound, providers, keys, findings);
    check(bound, providers, catalogue, findings);
    problems.all().ifPresent(wrong);
    return new Settings(
        bound.general(),
        bound.serai(),
        bound.server(),
        bound.auth().withoutKeys(),
        bound.limits(),
        bound.fairness(),
        bound.upstream(),
        bound.retry(),
        log(bound),
        tracing(bound.tracing(), findings).under(directory),
        bound.console(),
        new RoutesSettings(absolute(bound.routes().folder()), bound.routes().poll()),
        bound.state().withPaths(this::absolute),
        bound.secrets(),
        bound.privacy(),
        bound.routing(),
        bound.cache(),
        keyed,
        bound.models(),
        bound.budgets(),
        bound.alerts(),
        bound.guards(),
        providers,
        keys,
        file.map(SettingsFile::path),
        catalogue,
        findings.warnings(),
        directory,
        secrets.values());
  }

  /** The settings in the file; none if it is another program's. */
  private Node.Mapping own(SettingsFile file) {
    Node.Mapping written = file.read(inputs(), problems);
    return OtherGatewayFile.report(written, problems) ? Node.Mapping.none(file.name()) : written;
  }

  /** Puts secrets in the place of the references to them; other variables keep theirs. */
  private void readSecrets(Set<String> variables) {
    for (String name : variables) {
      String text = environment.getOrDefault(name, "").strip();
      boolean named = NAMED.contains(name);
      if (PlainReferences.isMeant(text, named)) {
        text = secrets.read(Place.variable(name), text, problems);
        environment.put(name, text);
      }
      PlainReferences.inVariable(text, named)
          .ifPresent(message -> problems.add(Place.variable(name), message));
    }
  }

  private Inputs inputs() {
    return new Inputs(environment, secrets);
  }

  /** Finds names of providers, models and callers that do not exist. */
  private void checkNames(
      Settings bound, List<Provider> providers, List<CallerKey> keys, Findings findings) {
    Set<String> routed = FileCheck.providers(absolute(bound.routes().folder()));
    ModelReferences models =
        new ModelReferences(providers, routed, bound.models().keySet(), facts.models());
    ModelCheck names = new ModelCheck(models, findings);
    names.aliases(bound.models());
    names.failover(bound.routing().failover());
    GeneralSettings general = bound.general();
    names.general(general.defaultProvider(), general.fallbackProviders());
    general
        .defaultModel()
        .filter(model -> general.defaultProvider().isEmpty() || model.indexOf('/') > 0)
        .ifPresent(names::defaultModel);
    bound.routing().ask().model().ifPresent(names::askedModel);
    names.probed(bound.upstream().healthProbes().models());
    names.limits(bound.limits());
    names.budgets(bound.budgets());
    names.entries(entries);
    ReferenceCheck.Sections sections =
        new ReferenceCheck.Sections(
            bound.auth(),
            bound.limits(),
            bound.fairness(),
            bound.privacy(),
            bound.budgets(),
            bound.guards(),
            bound.alerts());
    new ReferenceCheck(sections, keys, models, findings).check();
  }

  /** Finds what is wrong only in the light of something else. */
  private void check(
      Settings bound, List<Provider> providers, ModelFile catalogue, Findings findings) {
    ProviderCheck addresses = new ProviderCheck(facts.dialects(), own(bound.server()), findings);
    addresses.written(bound.providers());
    addresses.variables(environment);
    Path folder = absolute(bound.routes().folder());
    new SchemaCheck(facts.schemas(), findings).guards(bound.guards(), directory);
    DeadlineCheck deadlines = new DeadlineCheck(findings, bound.upstream().deadlines());
    deadlines.all();
    deadlines.aliases(bound.models());
    deadlines.hedging(bound.models(), bound.routing().hedging());
    deadlines.fanOut(bound.models());
    deadlines.providers(bound.providers());
    deadlines.entries(catalogue.models(), entries);
    addresses.incomplete(providers, bound.providers(), environment);
    VariableCheck variables = new VariableCheck(Variables.names(), findings);
    variables.check(environment, bound.server().port());
    FileCheck files = new FileCheck(findings);
    files.routes(folder, findings.isSet("routes", "folder"));
    SettingsFile.nameUnread(environment, directory, files);
    files.dotEnv(directory, variables.unset(environment));
    if (!facts.equals(SettingsFacts.NONE)) {
      paths(bound, folder, new PathCheck(findings));
      protocol(tracing(bound.tracing(), findings), findings);
    }
    facts
        .database()
        .apply(bound.state().withPaths(this::absolute))
        .ifPresent(reason -> problems.add(findings.place("state", "database_url"), reason));
    bound.state().redisUrl().ifPresent(url -> redis(url, findings));
    if (bound.state().memory().store() == MemorySettings.Store.REDIS
        && bound.state().redisUrl().isEmpty()) {
      problems.add(
          findings.place("state", "memory.store"),
          "redis needs the URL of a Redis; set state.redis_url, or REDIS_URL");
    }
  }

  private static void protocol(TracingSettings tracing, Findings findings) {
    if (tracing.on() && tracing.protocol() == TracingSettings.Protocol.GRPC) {
      findings.wrong(
          findings.place("tracing", "protocol"),
          "grpc is not supported; set http/protobuf and the HTTP port of the receiver, 4318 by"
              + " default");
    }
  }

  private void redis(Secret url, Findings findings) {
    try {
      RedisAddress.parse(url.reveal());
    } catch (IllegalArgumentException e) {
      problems.add(
          findings.place("state", "redis_url"),
          "the URL of Redis must be redis://USER:PASSWORD@HOST:PORT/DATABASE: " + e.getMessage());
    }
  }

  private void paths(Settings bound, Path routes, PathCheck check) {
    Path state = bound.state().withPaths(this::absolute).folder();
    check.folder("state", "folder", state);
    bound
        .state()
        .withPaths(this::absolute)
        .masterKeyFile()
        .ifPresent(file -> check.masterKeys("state", "master_key_file", file));
    check.port(bound.server().tls(), directory);
    check.receiver(bound.tracing(), directory);
    sqliteFile(bound.state()).ifPresent(f -> check.file("state", "database_url", state.resolve(f)));
    check.readable("routes", "folder", routes);
    if (bound.general().enableLogging()) {
      bound.log().file().ifPresent(file -> check.file("log", "file", absolute(file)));
    }
  }

  private static Optional<String> sqliteFile(StateSettings state) {
    Matcher file = SQLITE_FILE.matcher(state.databaseUrl().reveal().strip());
    return file.matches() ? Optional.of(file.group(1)) : Optional.empty();
  }

  private static OwnAddress own(ServerSettings server) {
    return new OwnAddress(server.host(), server.port());
  }

  private Settings bind(Binder binder) {
    binder.allowAtTop(Settings.class);
    return new Settings(
        binder.part("general", GeneralSettings.class, GeneralSettings.defaults()),
        binder.part("serai", SeraiSettings.class, SeraiSettings.defaults()),
        binder.part("server", ServerSettings.class, ServerSettings.defaults()),
        binder.part("auth", AuthSettings.class, AuthSettings.defaults()),
        binder.part("limits", LimitSettings.class, LimitSettings.defaults()),
        binder.part("fairness", FairnessSettings.class, FairnessSettings.defaults()),
        binder.part("upstream", UpstreamSettings.class, UpstreamSettings.defaults()),
        binder.part("retry", RetrySettings.class, RetrySettings.defaults()),
        binder.part("log", LogSettings.class, LogSettings.defaults()),
        binder.part("tracing", TracingSettings.class, TracingSettings.defaults()),
        binder.part("console", ConsoleSettings.class, ConsoleSettings.defaults()),
        binder.part("routes", RoutesSettings.class, RoutesSettings.defaults()),
        binder.part("state", StateSettings.class, StateSettings.defaults()),
        binder.part("secrets", SecretSettings.class, SecretSettings.defaults()),
        binder.part("privacy", PrivacySettings.class, PrivacySettings.defaults()),
        binder.part("routing", RoutingSettings.class, RoutingSettings.defaults()),
        binder.part("cache", CacheSettings.class, CacheSettings.defaults()),
        binder.parts("providers", ProviderSettings.class),
        binder.parts("models", AliasSettings.class),
        binder.parts("budgets", BudgetSettings.class),
        binder.parts("alerts", AlertSettings.class),
        binder.parts("guards", GuardSettings.class),
        List.of(),
        List.of(),
        Optional.empty(),
        ModelFile.defaults(),
        List.of(),
        directory,
        Map.of());
  }

  /** The content of the models file, if there is one. */
  private ModelFile catalogue() {
    Optional<SettingsFile> file = SettingsFile.findModels(environment, directory, problems);
    if (file.isEmpty()) {
      return ModelFile.defaults();
    }
    Node.Mapping written = file.get().read(inputs(), problems);
    Binder binder = new Binder(written, Map.of(), problems);
    binder.allowAtTop(ModelFile.class);
    ModelFile models = new ModelFile(binder.parts("models", ModelEntry.class));
    reportUnset(binder.unset(), false);
    models.models().keySet().forEach(name -> ModelNames.entry(name, written, problems));
    entries = written;
    return models;
  }

  /**
   * A missing variable is an error, except for a key in llm.toml, where it disables the provider.
   */
  private Map<String, Node.Unset> reportUnset(Map<String, Node.Unset> unset, boolean lenient) {
    Map<String, Node.Unset> keyless = new HashMap<>();
    unset.forEach(
        (path, missing) -> {
          if (lenient && path.startsWith("providers.") && path.endsWith(".api_key")) {
            keyless.put(path, missing);
          } else {
            reportMissing(missing);
          }
        });
    return keyless;
  }

  private void reportMissing(Node.Unset missing) {
    problems.add(
        missing.place(),
        "the variable " + KnownProvider.unset(missing.variable(), given) + "; " + missing.advice());
  }

  private LogSettings log(Settings bound) {
    LogSettings log = bound.log();
    LogSettings.Level level = bound.general().enableLogging() ? log.level() : LogSettings.Level.OFF;
    return new LogSettings(level, log.format(), log.file().map(this::absolute));
  }

  /** ROUTER_ENABLE_TRACING without an endpoint means OpenTelemetry's default receiver. */
  private static TracingSettings tracing(TracingSettings bound, Findings findings) {
    boolean variable = findings.place("tracing", "enabled").inEnvironment();
    if (!variable || !bound.enabled() || bound.tracesUrl().isPresent()) {
      return bound;
    }
    return bound.sentTo(DEFAULT_RECEIVER);
  }

  private Path absolute(Path path) {
    return directory.resolve(path).normalize();
  }
}
