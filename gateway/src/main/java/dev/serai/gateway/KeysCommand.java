package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.check.ModelReferences;
import dev.serai.config.check.file.FileCheck;
import dev.serai.config.read.Names;
import dev.serai.config.state.StateSettings;
import dev.serai.core.audit.AuditLog;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.caller.Identity;
import dev.serai.core.caller.Roles;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.keys.ApiKey;
import dev.serai.core.keys.KeyQuery;
import dev.serai.core.keys.KeyRequest;
import dev.serai.core.keys.KeyRequestReader;
import dev.serai.core.keys.KeySnapshot;
import dev.serai.core.keys.KeyStore;
import dev.serai.core.keys.LastKey;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.CapacityProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.secret.KeyForms;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.gateway.management.StateDatabase;
import dev.serai.gateway.models.CatalogueModels;
import dev.serai.memory.audit.FileAuditLog;
import dev.serai.memory.database.Database;
import dev.serai.memory.management.ManagementStores;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Manages stored API keys from the command line. It works on the database of the settings, so it
 * needs neither a gateway that runs nor a key: who can read the database may manage its keys.
 * Gateways with that database know a change within five seconds.
 */
final class KeysCommand {
  private static final int MAX_KEYS = 10_000;

  private static final Set<String> CREATION =
      Set.of(
          "name",
          "role",
          "tenant",
          "team",
          "user",
          "models",
          "tools",
          "tags",
          "expires_at",
          "limit",
          "limit_reset");

  private final KeyStore store;
  private final KeyPrinter printer;
  private final KeyArguments line;
  private final LastKey last;
  private final ModelReferences models;
  private final Supplier<Roles> roles;
  private final KeyRequestReader reader;
  private final InstantSource clock;

  /**
   * @param settings they may have keys and issuers of tokens too
   */
  private KeysCommand(
      ManagementStores stores,
      Settings settings,
      ModelReferences models,
      InstantSource clock,
      KeyPrinter printer,
      KeyArguments line) {
    this.store = stores.keys();
    this.roles = stores::readRoles;
    this.reader = AdminRequests.keys(roles);
    this.last = new LastKey(!settings.callerKeys().isEmpty(), !settings.auth().issuers().isEmpty());
    this.models = models;
    this.clock = clock;
    this.printer = printer;
    this.line = line;
  }

  /**
   * Does what the arguments say.
   *
   * @param arguments those behind {@code keys}
   * @throws IllegalArgumentException if they are wrong
   * @throws GatewayProblem if the database refuses or is unavailable
   */
  static void run(
      List<String> arguments,
      Map<String, String> environment,
      PrintStream out,
      InstantSource clock) {
    KeyArguments line = KeyArguments.of(arguments);
    Map<String, String> variables = new TreeMap<>(environment);
    Path working = Path.of("").toAbsolutePath();
    Home home = Home.of(line.option("home"), variables, working);
    line.option("config")
        .ifPresent(file -> variables.put("SERAI_CONFIG", Home.settingsFile(file, working)));
    Settings settings = Gateway.settings(variables, home.folder());
    String address = "http://" + settings.server().host() + ":" + settings.server().port();
    try (ManagementStores stores = open(settings, variables, clock)) {
      KeyStore store = stores.keys();
      KeyPrinter printer =
          new KeyPrinter(out, line.json(), address, key -> store.usage(List.of(key)).getFirst());
      ModelReferences models = models(settings, clock);
      KeysCommand command = new KeysCommand(stores, settings, models, clock, printer, line);
      if (line.changes()) {
        audit(settings.state(), line, clock).run(command::act);
      } else {
        command.act();
      }
    }
  }

  private static ModelReferences models(Settings settings, InstantSource clock) {
    SettingsCatalogue catalogue = new SettingsCatalogue(settings, clock);
    return new ModelReferences(
        settings.available(),
        FileCheck.providers(settings.routes().folder()),
        settings.models().keySet(),
        new CatalogueModels(() -> catalogue));
  }

  /** Nothing but warnings goes to the log of the process. */
  static void quieten() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "serai: %5$s%n");
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  private static ManagementStores open(
      Settings settings, Map<String, String> environment, InstantSource clock) {
    Database database = StateDatabase.of(settings, environment);
    provide(database);
    SecureRandom random = new SecureRandom();
    ManagementStores stores =
        new ManagementStores(
            database,
            new ManagementStores.KeyProtection(
                StateDatabase.pepper(settings, database, random),
                StateDatabase.masterKeys(settings.state(), database, random, clock),
                random),
            clock,
            (tenant, name) -> CallerKey.hasName(settings.callerKeys(), tenant, name),
            new KeySnapshot(clock, false),
            BackgroundThreads.unreported());
    stores.configure(settings.auth().ownRoles());
    return stores;
  }

  private static CommandAudit audit(StateSettings state, KeyArguments line, InstantSource clock) {
    AuditLog log =
        new FileAuditLog(state.folder(), state.auditBytes(), clock, BackgroundThreads.unreported());
    String word = line.action().name().toLowerCase(Locale.ROOT);
    String object = line.key().or(() -> line.option("name")).orElse("");
    return new CommandAudit(log, clock, "serai keys " + word, object);
  }

  /** Makes the schema, if this is the first use of the database. */
  private static void provide(Database database) {
    try {
      database.connect().close();
    } catch (SQLException e) {
      throw new CapacityProblem(
          "keys_unavailable", "The database cannot be used: " + e.getMessage(), Duration.ZERO);
    }
  }

  private void act() {
    switch (line.action()) {
      case CREATE -> create();
      case LIST -> printer.list(all(line.option("tenant")), line.option("tenant"));
      case SHOW -> printer.one(named());
      case DISABLE -> disable();
      case ENABLE -> printer.one(changed(false));
      case ROTATE -> rotate();
      case REVOKE -> revoke();
    }
  }

  private void create() {
    line.option("role").ifPresent(this::requireRole);
    KeyRequest request = reader.read(line.body(), CREATION);
    ApiKey key = request.create(Identity.PUBLIC, clock.instant());
    if (key.expires().isPresent() && !key.expires().get().isAfter(clock.instant())) {
      throw CallerProblem.invalid("expires_at", "The time in --expires-at has passed.");
    }
    boolean closes = !last.hasOtherKeys() && all(Optional.empty()).isEmpty();
    printer.issued(store.create(key), closes, models);
  }

  /** The HTTP API does not list the roles in its error, since not everyone may read them. */
  private void requireRole(String name) {
    Roles known = roles.get();
    if (known.find(name).isEmpty()) {
      Set<String> names = new TreeSet<>(known.byName().keySet());
      String meant =
          Names.closestTo(name, names).map(one -> " Did you mean " + one + "?").orElse("");
      throw CallerProblem.invalid(
          "role",
          "There is no role '"
              + KeyForms.redactedText(name)
              + "'."
              + meant
              + " There are "
              + String.join(", ", names)
              + ", and auth.roles of the settings can have others.");
    }
  }

  private void disable() {
    ApiKey key = changed(true);
    printer.one(key);
    lastOne().ifPresent(printer::note);
  }

  private void rotate() {
    KeyRequest request = reader.read(line.body(), Set.of("overlap_seconds"));
    String id = named().id();
    printer.issued(
        store.rotate(id, request.overlap().orElse(Duration.ZERO)).orElseThrow(this::unknown),
        false,
        models);
  }

  private ApiKey changed(boolean disabled) {
    byte[] body = new JsonWriter().beginObject().member("disabled", disabled).endObject().bytes();
    KeyRequest request = reader.read(body, Set.of("disabled"));
    return store
        .change(named().id(), key -> request.change(key, clock.instant()))
        .orElseThrow(this::unknown);
  }

  private void revoke() {
    ApiKey key = named();
    if (!store.delete(key.id())) {
      throw unknown();
    }
    printer.revoked(key, lastOne());
  }

  private Optional<String> lastOne() {
    return last.warning(store, clock.instant());
  }

  /** The key that the arguments name, by its ID or by a name that only one key has. */
  private ApiKey named() {
    String word = line.key().orElse("");
    if (KeyForms.isIn(word)) {
      throw CallerProblem.invalid(
          "id",
          "keys "
              + line.action().name().toLowerCase(Locale.ROOT)
              + " needs the ID or the name of a key, not the key itself. ./serai keys list shows"
              + " them.");
    }
    Optional<ApiKey> byId = store.find(word);
    if (byId.isPresent()) {
      return byId.get();
    }
    List<ApiKey> byName =
        all(Optional.empty()).stream().filter(key -> key.name().equals(word)).toList();
    if (byName.size() > 1) {
      String ids = String.join(", ", byName.stream().map(ApiKey::id).toList());
      throw CallerProblem.invalid(
          "id", "Several tenants have a key '" + word + "'. Name it by its ID: " + ids + ".");
    }
    return byName.stream().findFirst().orElseThrow(this::unknown);
  }

  private List<ApiKey> all(Optional<String> tenant) {
    return store.list(new KeyQuery(tenant, Optional.empty(), MAX_KEYS));
  }

  private CallerProblem unknown() {
    return new CallerProblem(
        404,
        "key_not_found",
        "There is no stored key '" + line.key().orElse("") + "'. ./serai keys list shows them.",
        Optional.of("id"));
  }
}
