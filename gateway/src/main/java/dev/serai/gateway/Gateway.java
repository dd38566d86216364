package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.read.SettingsException;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.problem.cause.CloseAll;
import dev.serai.core.time.TimeAndRandomness;
import dev.serai.gateway.console.ConsoleAccount;
import dev.serai.gateway.secrets.SecretSources;
import dev.serai.gateway.wiring.ProviderRoutes;
import dev.serai.gateway.wiring.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: Camel, the beans of {@link Wiring}, and the routes of the checkout. Several
 * may run in one process, each on its own port. {@link #close} drains: it refuses new requests and
 * waits until those that run have ended, at most for the drain time of the settings. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final java.util.logging.Logger CAMEL_LOG =
      java.util.logging.Logger.getLogger("org.apache.camel.impl.engine.AbstractCamelContext");
  private static final String CONSOLE_ROUTES = "console.camel.yaml";
  private static final String LOGIN_ROUTES = "login.camel.yaml";

  private final Settings settings;
  private final Wiring wiring;
  private final org.apache.camel.main.Main camel = new CamelMain();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(Settings settings, Wiring wiring) {
    this.settings = settings;
    this.wiring = wiring;
  }

  /**
   * Reads the settings with the secrets that they refer to, and checks them against what this
   * gateway knows.
   *
   * @param environment as {@link System#getenv()}
   * @param directory the base of relative paths
   * @throws SettingsException with every mistake in the settings
   */
  public static Settings settings(Map<String, String> environment, Path directory) {
    return Settings.load(
        environment, directory, Wiring.facts(new SecretSources(environment).pass()));
  }

  /**
   * Reads the settings in the same way, with defaults in the place of what is wrong.
   *
   * @param environment as {@link System#getenv()}
   * @param directory the base of relative paths
   * @param wrong receives every mistake in the settings; is not called if there is none
   */
  static Settings settingsToCheck(
      Map<String, String> environment, Path directory, Consumer<SettingsException> wrong) {
    SecretSources sources = new SecretSources(environment);
    return Settings.loadForCheck(environment, directory, Wiring.facts(sources.pass()), wrong);
  }

  /**
   * Starts a gateway.
   *
   * @param environment may hold the providers' keys, as {@link System#getenv()}
   * @param checkout where routes/ and adapters/kamelets/ are
   * @throws Exception if it cannot start: the port is in use, a route of the checkout is invalid
   */
  public static Gateway start(Settings settings, Map<String, String> environment, Path checkout)
      throws Exception {
    return start(settings, environment, checkout, TimeAndRandomness.system());
  }

  /**
   * Starts a gateway with a clock of its own, for tests.
   *
   * @param environment may hold the providers' keys, as {@link System#getenv()}
   * @param checkout where routes/ and adapters/kamelets/ are
   * @param clock the time of day, for windows of limits and budgets, logs and tokens
   * @throws Exception if it cannot start: the port is in use, a route of the checkout is invalid
   */
  public static Gateway start(
      Settings settings, Map<String, String> environment, Path checkout, InstantSource clock)
      throws Exception {
    TimeAndRandomness sources = TimeAndRandomness.system().withClock(clock);
    return start(settings, environment, checkout, sources);
  }

  /**
   * Starts a gateway with time and random numbers of its own, for tests.
   *
   * @param environment may hold the providers' keys, as {@link System#getenv()}
   * @param checkout where routes/ and adapters/kamelets/ are
   * @throws Exception if it cannot start: the port is in use, a route of the checkout is invalid
   */
  public static Gateway start(
      Settings settings, Map<String, String> environment, Path checkout, TimeAndRandomness sources)
      throws Exception {
    Gateway gateway = open(settings, environment, checkout, sources);
    try {
      gateway.start(absolute(checkout));
      return gateway;
    } catch (Exception e) { // whatever failed: nothing may be left running
      throw CloseAll.after(e, gateway);
    }
  }

  /**
   * What a check has found.
   *
   * @param open why the gateway must not serve: anyone on the network could use it
   * @param warnings what the log and the report of a start would warn of
   * @param refused route files that are refused or cannot be read, with file and line
   * @param faults these, and what the settings need and the routes do not have
   */
  public record Checked(
      Optional<String> open, List<String> warnings, List<String> refused, List<String> faults) {
    public Checked {
      warnings = List.copyOf(warnings);
      refused = List.copyOf(refused);
      faults = List.copyOf(faults);
    }
  }

  /**
   * Loads all routes with those settings, as a start does, and ends. Nothing is served, no state is
   * read or written, and nothing is logged: what is found is returned.
   *
   * @param environment may hold the providers' keys, as {@link System#getenv()}
   * @param checkout where routes/ and adapters/kamelets/ are
   * @return what is wrong with the routes, with file and line
   * @throws Exception if a route of the checkout is invalid
   */
  public static Checked check(Settings settings, Map<String, String> environment, Path checkout)
      throws Exception {
    TimeAndRandomness sources = TimeAndRandomness.system();
    try (Gateway gateway = open(settings.withoutLog(), environment, checkout, sources)) {
      Properties properties = gateway.properties(absolute(checkout));
      properties.put("server.host", InetAddress.getLoopbackAddress().getHostAddress());
      properties.put("server.port", "0"); // another gateway may be running
      properties.put("server.memoryPortOn", "false");
      gateway.startCamel(properties);
      Wiring wiring = gateway.wiring;
      List<String> faults = new ArrayList<>(wiring.check());
      List<String> warnings = new ArrayList<>(wiring.warnings());
      warnings.addAll(wiring.addressWarnings());
      return new Checked(wiring.openToOthers(), warnings, wiring.refusedFiles(), faults);
    } finally {
      LogManager.getLogManager().reset(); // what runs in this process after it may log
    }
  }

  private static Gateway open(
      Settings settings, Map<String, String> environment, Path checkout, TimeAndRandomness sources)
      throws IOException {
    return new Gateway(settings, Wiring.open(settings, environment, sources, absolute(checkout)));
  }

  private static Path absolute(Path checkout) {
    return checkout.toAbsolutePath().normalize();
  }

  private void start(Path checkout) throws Exception {
    wiring.requireKeys();
    startCamel(properties(checkout));
    wiring.start();
  }

  private void startCamel(Properties properties) {
    wiring.beans().forEach(camel::bind);
    camel.setOverrideProperties(properties);
    boolean quiet = !LOG.isDebugEnabled();
    CAMEL_LOG.setLevel(quiet ? Level.OFF : null); // the caller reports why a start fails
    try {
      camel.start();
    } finally {
      CAMEL_LOG.setLevel(null);
    }
  }

  private Properties properties(Path checkout) throws IOException {
    Properties properties = fixedProperties();
    properties.put("camel.main.routes-include-pattern", routes(checkout.resolve("routes")));
    properties.put(
        "camel.component.kamelet.location", "file:" + checkout.resolve("adapters/kamelets"));
    properties.put("camel.main.jmx-enabled", Boolean.toString(settings.console().enabled()));
    properties.put("server.host", settings.server().host());
    properties.put("server.port", Integer.toString(settings.server().port()));
    properties.put("server.memoryPort", Integer.toString(settings.server().memoryPort()));
    properties.put("server.memoryPortOn", Boolean.toString(settings.server().memoryPort() > 0));
    properties.put("server.maxUploadBytes", Integer.toString(settings.server().maxUploadBytes()));
    properties.putAll(ProviderRoutes.properties(settings));
    return properties;
  }

  private static Properties fixedProperties() {
    Properties properties = new Properties();
    properties.put("camel.main.name", "serai");
    properties.put("camel.component.kamelet.block", "false");
    properties.put("camel.component.kamelet.no-error-handler", "true");
    properties.put("camel.main.stream-caching-enabled", "false");
    properties.put("camel.main.auto-configuration-log-summary", "false");
    properties.put("camel.main.startup-summary-level", "off");
    properties.put("camel.main.shutdown-timeout", "5");
    properties.put("camel.main.shutdown-log-inflight-exchanges-on-timeout", "false");
    return properties;
  }

  /**
   * The route files directly in the folder; those of the console and of the login only if these are
   * on. Those of the folders below it are watched and loaded by {@link Wiring}.
   */
  private String routes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".camel.yaml"))
          .filter(file -> settings.console().enabled() || !file.endsWith(CONSOLE_ROUTES))
          .filter(file -> settings.auth().loginSite().isPresent() || !file.endsWith(LOGIN_ROUTES))
          .sorted()
          .map(file -> "file:" + file)
          .collect(Collectors.joining(","));
    }
  }

  /** The port it listens on; the one the system chose if the settings say 0. */
  public int port() {
    return wiring.port();
  }

  /** Camel, for tests and the console. */
  public CamelContext context() {
    return camel.getCamelContext();
  }

  /** The threads that work in the background, for tests. */
  public BackgroundThreads threads() {
    return wiring.threads();
  }

  /** Names of the providers that can be called now. */
  public List<String> providers() {
    return wiring.providerNames();
  }

  /** Whether every request needs an API key. */
  public boolean requiresKeys() {
    return wiring.requiresKeys();
  }

  /** How many keys are in the database and can be used. */
  int storedKeys() {
    return wiring.storedKeys();
  }

  /** For the operator: who may use the gateway. */
  public String callers() {
    return wiring.callers();
  }

  /** Why providers are off, guards cannot check and budgets refuse calls, with their place. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(wiring.warnings());
    warnings.addAll(wiring.uncheckedGuards());
    return warnings;
  }

  /** The database, without user and password. */
  String database() {
    return wiring.databaseName();
  }

  /** The account that may log in to the console; empty without a console. */
  public Optional<ConsoleAccount> console() {
    return wiring.consoleAccount();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CloseAll.inOrder(this::drain, camel::stop, wiring::close);
  }

  private void drain() {
    try {
      if (!wiring.drain()) {
        LOG.warn(
            "stopped with requests still running after {}; they were cut off",
            settings.server().drainTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Camel's Main without three of its functions. It does not read every route file again to look
   * for modelines. It registers no shutdown hook: {@link Gateway#close} stops it. It takes no
   * property from the environment or the system properties, where {@code PROVIDER_OPENAI_BASEURL}
   * would send a provider's key to another address.
   */
  private static final class CamelMain extends org.apache.camel.main.Main {
    CamelMain() {
      setShutdownStrategy(new SimpleMainShutdownStrategy());
      configure()
          .withAutoConfigurationEnvironmentVariablesEnabled(false)
          .withAutoConfigurationSystemPropertiesEnabled(false);
    }

    @Override
    protected CamelContext createCamelContext() {
      CamelContext context = super.createCamelContext();
      PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
      properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
      properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
      return context;
    }

    @Override
    protected void modelineRoutes(CamelContext context) {}
  }
}
