package dev.serai.config;

import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.budget.AlertSettings;
import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.check.Findings;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.check.auth.AuthCheck;
import dev.serai.config.check.file.FileCheck;
import dev.serai.config.guard.GuardSettings;
import dev.serai.config.limit.FairnessSettings;
import dev.serai.config.limit.LimitSettings;
import dev.serai.config.models.ModelEntry;
import dev.serai.config.models.ModelFile;
import dev.serai.config.persona.PersonaSettings;
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
import dev.serai.config.state.StateSettings;
import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.config.upstream.UpstreamSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Loads the settings from the files and the environment. For one use; not thread-safe. */
final class SettingsLoader {
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
    HiddenMistakes.warn(
        written, overrides, findings, alone -> bind(new Binder(written, Map.of(), alone)));
    Contradictions.warn(environment, findings);
    List<CallerKey> keys = AuthCheck.keys(bound.auth(), findings);
    SettingsChecks checks = new SettingsChecks(environment, directory, facts, findings);
    SettingsChecks.Entries models = new SettingsChecks.Entries(catalogue, entries);
    checks.names(bound, providers, keys, models);
    checks.all(bound, providers, models, tracing(bound.tracing(), findings));
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
        withPersonas(bound),
        bound.personas(),
        bound.budgets(),
        bound.alerts(),
        bound.guards(),
        providers,
        keys,
        file.map(SettingsFile::path),
        catalogue,
        findings.warnings(),
        Contradictions.replaced(written, overrides, environment),
        directory,
        secrets.values());
  }

  /** The aliases, and those that serve the calls of personas. */
  private static Map<String, AliasSettings> withPersonas(Settings bound) {
    Map<String, AliasSettings> models = new LinkedHashMap<>(bound.models());
    bound
        .personas()
        .forEach(
            (name, persona) ->
                models.put(PersonaSettings.modelName(name), persona.alias(bound.models())));
    return models;
  }

  /** The settings in the file; none if it is another program's. */
  private Node.Mapping own(SettingsFile file) {
    Node.Mapping written = file.read(inputs(), problems);
    return OtherGatewayFile.report(written, problems)
        ? Node.Mapping.none(file.name())
        : ModelNames.withoutEntries(written, problems);
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
        binder.parts("personas", PersonaSettings.class),
        binder.parts("budgets", BudgetSettings.class),
        binder.parts("alerts", AlertSettings.class),
        binder.parts("guards", GuardSettings.class),
        List.of(),
        List.of(),
        Optional.empty(),
        ModelFile.defaults(),
        List.of(),
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
