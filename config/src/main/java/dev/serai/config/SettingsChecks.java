package dev.serai.config;

import dev.serai.config.annotation.Secret;
import dev.serai.config.auth.CallerKey;
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
import dev.serai.config.check.file.FileCheck;
import dev.serai.config.check.file.PathCheck;
import dev.serai.config.models.ModelFile;
import dev.serai.config.persona.PersonaSettings;
import dev.serai.config.provider.Provider;
import dev.serai.config.read.Node;
import dev.serai.config.state.MemorySettings;
import dev.serai.config.state.StateSettings;
import dev.serai.config.telemetry.TracingSettings;
import dev.serai.core.net.RedisAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks settings that have been read: names that refer to something, what is wrong only in the
 * light of another setting, and files and addresses. What a section alone can tell is checked by
 * its record. For one use; not thread-safe.
 */
final class SettingsChecks {
  private static final Pattern SQLITE_FILE = Pattern.compile("(?:jdbc:)?sqlite:(?://(?=/))?(.+)");

  private final Map<String, String> environment;
  private final Path directory;
  private final SettingsFacts facts;
  private final Findings findings;

  /**
   * The models file.
   *
   * @param read its models
   * @param written with the places of its members
   */
  record Entries(ModelFile read, Node.Mapping written) {}

  /**
   * @param directory that relative paths start from
   * @param findings takes what is wrong, with its place
   */
  SettingsChecks(
      Map<String, String> environment, Path directory, SettingsFacts facts, Findings findings) {
    this.environment = environment;
    this.directory = directory;
    this.facts = facts;
    this.findings = findings;
  }

  /** Finds names of providers, models and callers that do not exist. */
  void names(Settings bound, List<Provider> providers, List<CallerKey> keys, Entries entries) {
    Set<String> routed = FileCheck.providers(absolute(bound.routes().folder()));
    ModelReferences models = new ModelReferences(providers, routed, aliases(bound), facts.models());
    ModelCheck names = new ModelCheck(models, findings);
    names.aliases(bound.models());
    bound.personas().forEach((name, one) -> names.persona(name, one, bound.models().keySet()));
    names.failover(bound.routing().failover());
    GeneralSettings general = bound.general();
    names.general(general.defaultProvider(), general.fallbackProviders());
    general
        .defaultModel()
        .filter(model -> general.defaultProvider().isEmpty() || model.indexOf('/') > 0)
        .ifPresent(names::defaultModel);
    bound.routing().ask().model().ifPresent(names::askedModel);
    bound.routing().feedback().judge().model().ifPresent(names::judge);
    bound.state().sessions().compression().model().ifPresent(names::summaries);
    names.probed(bound.upstream().healthProbes().models());
    names.limits(bound.limits());
    names.listed(bound.providers());
    names.budgets(bound.budgets());
    names.entries(entries.written);
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

  private static Set<String> aliases(Settings bound) {
    Set<String> names = new TreeSet<>(bound.models().keySet());
    bound.personas().keySet().forEach(name -> names.add(PersonaSettings.modelName(name)));
    return names;
  }

  /** Finds what is wrong only in the light of something else. */
  void all(Settings bound, List<Provider> providers, Entries entries, TracingSettings tracing) {
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
    deadlines.entries(entries.read.models(), entries.written);
    addresses.incomplete(providers, bound.providers(), environment);
    VariableCheck variables = new VariableCheck(Variables.names(), findings);
    variables.check(environment, bound.server().port());
    FileCheck files = new FileCheck(findings);
    boolean named = findings.isSet("routes", "folder");
    files.routes(folder, Optional.of(findings.place("routes", "folder")).filter(_ -> named));
    SettingsFile.nameUnread(environment, directory, files);
    files.dotEnv(directory, variables.unset(environment));
    if (!facts.equals(SettingsFacts.NONE)) {
      paths(bound, folder, new PathCheck(findings));
      protocol(tracing);
    }
    facts
        .database()
        .apply(bound.state().withPaths(this::absolute))
        .ifPresent(reason -> findings.wrong(findings.place("state", "database_url"), reason));
    bound.state().redisUrl().ifPresent(this::redis);
    if (bound.state().memory().store() == MemorySettings.Store.REDIS
        && bound.state().redisUrl().isEmpty()) {
      findings.wrong(
          findings.place("state", "memory.store"),
          "redis needs the URL of a Redis; set state.redis_url, or REDIS_URL");
    }
  }

  private void protocol(TracingSettings tracing) {
    if (tracing.on() && tracing.protocol() == TracingSettings.Protocol.GRPC) {
      findings.wrong(
          findings.place("tracing", "protocol"),
          "grpc is not supported; set http/protobuf and the HTTP port of the receiver, 4318 by"
              + " default");
    }
  }

  private void redis(Secret url) {
    try {
      RedisAddress.parse(url.reveal());
    } catch (IllegalArgumentException e) {
      findings.wrong(
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
    check.host("server", "host", bound.server().host());
    check.port(bound.server().tls(), directory);
    check.receiver(bound.tracing(), directory);
    sqliteFile(bound.state()).ifPresent(f -> check.file("state", "database_url", state.resolve(f)));
    check.readable("routes", "folder", routes);
    if (bound.general().enableLogging()) {
      bound.log().file().map(this::absolute).ifPresent(file -> logFile(file, check));
    }
  }

  private static void logFile(Path file, PathCheck check) {
    check.file("log", "file", file);
    check.newFolder("log", "file", file);
  }

  private static Optional<String> sqliteFile(StateSettings state) {
    Matcher file = SQLITE_FILE.matcher(state.databaseUrl().reveal().strip());
    return file.matches() ? Optional.of(file.group(1)) : Optional.empty();
  }

  private static OwnAddress own(ServerSettings server) {
    return new OwnAddress(server.host(), server.port());
  }

  private Path absolute(Path path) {
    return directory.resolve(path).normalize();
  }
}
