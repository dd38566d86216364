package dev.serai.config;

import dev.serai.config.annotation.Derived;
import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.auth.IssuerSettings;
import dev.serai.config.budget.AlertSettings;
import dev.serai.config.budget.BudgetSettings;
import dev.serai.config.check.SettingsFacts;
import dev.serai.config.guard.GuardSettings;
import dev.serai.config.limit.FairnessSettings;
import dev.serai.config.limit.LimitSettings;
import dev.serai.config.models.ModelFile;
import dev.serai.config.persona.PersonaSettings;
import dev.serai.config.privacy.PrivacySettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.provider.StoredKeys;
import dev.serai.config.read.Problems;
import dev.serai.config.read.SettingsException;
import dev.serai.config.routing.AliasSettings;
import dev.serai.config.routing.RoutingSettings;
import dev.serai.config.state.StateSettings;
import dev.serai.config.telemetry.LogSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.config.upstream.UpstreamSettings;
import dev.serai.core.guard.Guards;
import dev.serai.core.secret.SecretReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Holds every setting. Immutable. The settings file overrides the defaults, and the environment
 * overrides the file, except for the key and the address of a provider.
 *
 * @param general default model, default provider and fallback providers
 * @param serai settings that apply to every call
 * @param server the HTTP server: where Serai listens, and limits for clients
 * @param auth API keys of callers
 * @param limits limits of requests, tokens and concurrent calls
 * @param fairness the queue for providers that are busy
 * @param upstream connections to the providers
 * @param retry retries, always before the first token has reached the client
 * @param log the log
 * @param tracing traces for an OpenTelemetry receiver
 * @param console the console under {@code /hawtio}
 * @param routes the operator's own routes
 * @param state what Serai stores: usage and responses
 * @param secrets secrets that the settings and variables refer to
 * @param privacy what is done with personal data in requests
 * @param routing how the model of a call is chosen
 * @param cache the cache of responses
 * @param providers providers, by name
 * @param models aliases: model names of the operator's own
 * @param personas model names of the form persona/NAME, whose calls get a stored prompt
 * @param budgets budgets in US dollars, by their ID
 * @param alerts webhooks that receive messages about budgets, by name
 * @param guards guards, which check the texts of requests and responses, by name
 * @param available every provider that Serai knows or the file names, in the order in which they
 *     are tried
 * @param callerKeys the API keys of callers, hashed; {@code auth} has none, so that no key is kept
 * @param file the settings file, if there is one
 * @param catalogue the content of {@code models.yaml}
 * @param warnings what may be wrong, with its place
 * @param replaced values of the file and variables that have no effect, since another value of the
 *     same setting applies, and by what each is replaced
 * @param home the folder that relative paths start from
 * @param secretValues what was read of a secret manager and of files, by its reference
 */
public record Settings(
    GeneralSettings general,
    SeraiSettings serai,
    ServerSettings server,
    AuthSettings auth,
    LimitSettings limits,
    FairnessSettings fairness,
    UpstreamSettings upstream,
    RetrySettings retry,
    LogSettings log,
    TracingSettings tracing,
    ConsoleSettings console,
    RoutesSettings routes,
    StateSettings state,
    SecretSettings secrets,
    PrivacySettings privacy,
    RoutingSettings routing,
    CacheSettings cache,
    Map<String, ProviderSettings> providers,
    Map<String, AliasSettings> models,
    Map<String, PersonaSettings> personas,
    Map<String, BudgetSettings> budgets,
    Map<String, AlertSettings> alerts,
    Map<String, GuardSettings> guards,
    @Derived List<Provider> available,
    @Derived List<CallerKey> callerKeys,
    @Derived Optional<Path> file,
    @Derived ModelFile catalogue,
    @Derived List<String> warnings,
    @Derived List<String> replaced,
    @Derived Path home,
    @Derived Map<SecretReference, Secret> secretValues) {

  public Settings {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    personas = Collections.unmodifiableMap(new LinkedHashMap<>(personas));
    budgets = Collections.unmodifiableMap(new LinkedHashMap<>(budgets));
    alerts = Collections.unmodifiableMap(new LinkedHashMap<>(alerts));
    guards = Collections.unmodifiableMap(new LinkedHashMap<>(guards));
    available = List.copyOf(available);
    callerKeys = List.copyOf(callerKeys);
    warnings = List.copyOf(warnings);
    replaced = List.copyOf(replaced);
    secretValues = Map.copyOf(secretValues);
  }

  /** All defaults, without providers. */
  public static Settings defaults() {
    return new Settings(
        GeneralSettings.defaults(),
        SeraiSettings.defaults(),
        ServerSettings.defaults(),
        AuthSettings.defaults(),
        LimitSettings.defaults(),
        FairnessSettings.defaults(),
        UpstreamSettings.defaults(),
        RetrySettings.defaults(),
        LogSettings.defaults(),
        TracingSettings.defaults(),
        ConsoleSettings.defaults(),
        RoutesSettings.defaults(),
        StateSettings.defaults(),
        SecretSettings.defaults(),
        PrivacySettings.defaults(),
        RoutingSettings.defaults(),
        CacheSettings.defaults(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        ModelFile.defaults(),
        List.of(),
        List.of(),
        Path.of(""),
        Map.of());
  }

  /**
   * Reads the settings from the file and the environment.
   *
   * @param environment as {@link System#getenv()}
   * @param workingDirectory the base of relative paths
   * @throws SettingsException with every mistake in the settings
   */
  public static Settings load(Map<String, String> environment, Path workingDirectory) {
    return load(environment, workingDirectory, SettingsFacts.NONE);
  }

  /**
   * Reads the settings from the file and the environment.
   *
   * @param environment as {@link System#getenv()}
   * @param workingDirectory the base of relative paths
   * @param facts what they are checked against
   * @throws SettingsException with every mistake in the settings
   */
  public static Settings load(
      Map<String, String> environment, Path workingDirectory, SettingsFacts facts) {
    return load(environment, workingDirectory, facts, StoredKeys.NONE);
  }

  /**
   * Reads the settings from the file and the environment.
   *
   * @param environment as {@link System#getenv()}
   * @param workingDirectory the base of relative paths
   * @param facts what they are checked against
   * @param stored keys of providers, which replace those of the file and the environment
   * @throws SettingsException with every mistake in the settings
   */
  public static Settings load(
      Map<String, String> environment,
      Path workingDirectory,
      SettingsFacts facts,
      StoredKeys stored) {
    return new SettingsLoader(environment, workingDirectory, facts, stored)
        .load(
            wrong -> {
              throw wrong;
            });
  }

  /**
   * Reads the settings with defaults in the place of what is wrong, so that what they are for can
   * be checked in the same pass. A gateway must not run with them.
   *
   * @param environment as {@link System#getenv()}
   * @param workingDirectory the base of relative paths
   * @param facts what they are checked against
   * @param wrong receives every mistake in the settings; is not called if there is none
   */
  public static Settings loadForCheck(
      Map<String, String> environment,
      Path workingDirectory,
      SettingsFacts facts,
      Consumer<SettingsException> wrong) {
    return new SettingsLoader(environment, workingDirectory, facts, StoredKeys.NONE).load(wrong);
  }

  /** The same settings, with a log that writes nothing. */
  public Settings withoutLog() {
    return new Settings(
        general,
        serai,
        server,
        auth,
        limits,
        fairness,
        upstream,
        retry,
        new LogSettings(LogSettings.Level.OFF, log.format(), Optional.empty()),
        tracing,
        console,
        routes,
        state,
        secrets,
        privacy,
        routing,
        cache,
        providers,
        models,
        personas,
        budgets,
        alerts,
        guards,
        available,
        callerKeys,
        file,
        catalogue,
        warnings,
        replaced,
        home,
        secretValues);
  }

  /** The files that {@link #load} reads: the settings and the models, if they exist. */
  public static List<Path> files(Map<String, String> environment, Path workingDirectory) {
    Problems ignored = new Problems();
    return Stream.of(
            SettingsFile.find(environment, workingDirectory, ignored),
            SettingsFile.findModels(environment, workingDirectory, ignored))
        .flatMap(Optional::stream)
        .map(SettingsFile::path)
        .toList();
  }

  /**
   * The settings that differ from others and need a restart, in the order of the records; those of
   * providers and models do not, except for the headers of providers.
   */
  public List<String> settingsToRestartFor(Settings other) {
    List<String> changed = new ArrayList<>();
    if (general.enableLogging() != other.general.enableLogging()) {
      changed.add("general.enable_logging");
    }
    changed.addAll(SettingsDifference.paths("serai", serai, other.serai));
    changed.addAll(SettingsDifference.paths("server", server, other.server));
    changed.addAll(
        SettingsDifference.paths("auth.key_pepper", auth.keyPepper(), other.auth.keyPepper()));
    changed.addAll(loginDifference(other));
    changed.addAll(SettingsDifference.paths("upstream", upstream, other.upstream));
    changed.addAll(SettingsDifference.paths("retry", retry, other.retry));
    changed.addAll(SettingsDifference.paths("log", log, other.log));
    changed.addAll(SettingsDifference.paths("tracing", tracing, other.tracing));
    changed.addAll(SettingsDifference.paths("console", console, other.console));
    changed.addAll(SettingsDifference.paths("routes", routes, other.routes));
    changed.addAll(SettingsDifference.paths("state", state, other.state));
    changed.addAll(SettingsDifference.paths("budgets", budgets, other.budgets));
    changed.addAll(SettingsDifference.paths("alerts", alerts, other.alerts));
    Map<String, Map<String, Secret>> old = headers(other);
    headers(this)
        .forEach(
            (name, own) ->
                changed.addAll(
                    SettingsDifference.paths(
                        "providers." + name + ".headers", own, old.getOrDefault(name, Map.of()))));
    return List.copyOf(changed);
  }

  /** The login, and what it keeps of its issuer from the start. */
  private List<String> loginDifference(Settings other) {
    List<String> changed =
        new ArrayList<>(SettingsDifference.paths("auth.login", auth.login(), other.auth.login()));
    Optional<IssuerSettings> now = auth.loginIssuer();
    Optional<IssuerSettings> before = other.auth.loginIssuer();
    String issuers = "auth.issuers[].";
    if (!now.map(IssuerSettings::issuer).equals(before.map(IssuerSettings::issuer))) {
      changed.add(issuers + "issuer");
    }
    if (!now.map(IssuerSettings::refresh).equals(before.map(IssuerSettings::refresh))) {
      changed.add(issuers + "refresh");
    }
    return changed;
  }

  /** By the name of every provider. */
  private static Map<String, Map<String, Secret>> headers(Settings settings) {
    Map<String, Map<String, Secret>> headers = new LinkedHashMap<>();
    settings.providers.forEach((name, provider) -> headers.put(name, provider.headers()));
    return headers;
  }

  /** The guards, in the order of the file. */
  public Guards enabledGuards() {
    if (guards.isEmpty()) {
      return Guards.NONE;
    }
    return new Guards(
        guards.entrySet().stream().map(named -> named.getValue().guard(named.getKey())).toList());
  }

  /** The providers that are on, in the order in which they are tried. */
  public List<Provider> enabledProviders() {
    return available.stream().filter(Provider::enabled).toList();
  }
}
