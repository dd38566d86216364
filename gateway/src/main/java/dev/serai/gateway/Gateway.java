package dev.serai.gateway;

import dev.serai.config.Settings;
import dev.serai.config.SettingsSecrets;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.provider.Provider;
import dev.serai.core.provider.Secrets;
import dev.serai.gateway.console.Console;
import dev.serai.gateway.console.ConsoleAccount;
import dev.serai.gateway.reload.RefusedRoutesException;
import dev.serai.gateway.reload.RouteFolders;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: Camel with our beans, the routes of the checkout, and the folders whose routes
 * come and go. Several may run in one process, each on its own port. {@link #close} drains: what
 * has begun ends, for at most {@link #DRAIN}.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Settings settings;
  private final Wiring wiring;
  private final org.apache.camel.main.Main camel = new CamelMain();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(Settings settings, Wiring wiring) {
    this.settings = settings;
    this.wiring = wiring;
  }

  /**
   * Starts a gateway.
   *
   * @param environment where keys may be, as {@link System#getenv()}
   * @param home the checkout: where routes/ and adapters/kamelets/ are
   * @throws Exception if it cannot start: the port is taken, a route of the checkout is broken
   */
  public static Gateway start(Settings settings, Map<String, String> environment, Path home)
      throws Exception {
    InstantSource clock = InstantSource.system();
    Secrets secrets = new SettingsSecrets(settings, environment);
    Path checkout = home.toAbsolutePath().normalize();
    Telemetry telemetry =
        Telemetry.start(
            settings, new SettingsCatalogue(settings, clock), keys(settings, secrets), clock);
    Gateway gateway = new Gateway(settings, new Wiring(settings, secrets, telemetry, checkout));
    try {
      gateway.start(checkout);
      return gateway;
    } catch (Exception e) { // whatever it was: nothing may be left running
      gateway.close();
      throw e;
    }
  }

  /** The providers' keys, so that the log can leave them out. */
  private static Set<String> keys(Settings settings, Secrets secrets) {
    return settings.enabledProviders().stream()
        .map(Provider::keyName)
        .flatMap(Optional::stream)
        .map(secrets::all)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
  }

  private void start(Path home) throws Exception {
    wiring.beans().forEach(camel::bind);
    camel.setOverrideProperties(properties(home));
    camel.start();
    CamelContext context = camel.getCamelContext();
    RouteFolders folders =
        wiring.routeFolders(
            List.of(home.resolve("routes/adapters"), settings.routes().folder()), context);
    folders.start(settings.routes().poll());
    loadConfigured(folders);
    wiring.serve();
    wiring.console().ifPresent(Console::start);
  }

  private void loadConfigured(RouteFolders folders) {
    for (Map.Entry<String, String> route : ConfiguredRoutes.of(settings).entrySet()) {
      try {
        folders.load(route.getKey(), route.getValue());
      } catch (RefusedRoutesException refused) {
        LOG.error("refused {}", refused.getMessage());
      }
    }
  }

  private Properties properties(Path home) {
    Properties properties = new Properties();
    properties.put("camel.main.name", "serai");
    properties.put("camel.main.routes-include-pattern", routes(home.resolve("routes")));
    properties.put("camel.component.kamelet.location", "file:" + home.resolve("adapters/kamelets"));
    properties.put("camel.component.kamelet.block", "false");
    properties.put("camel.component.kamelet.no-error-handler", "true");
    properties.put("camel.main.jmx-enabled", Boolean.toString(settings.console().enabled()));
    properties.put("camel.main.stream-caching-enabled", "false");
    properties.put("camel.main.auto-configuration-log-summary", "false");
    properties.put("camel.main.startup-summary-level", "off");
    properties.put("camel.main.shutdown-timeout", "5");
    properties.put("camel.main.shutdown-log-inflight-exchanges-on-timeout", "false");
    properties.put("server.host", settings.server().host());
    properties.put("server.port", Integer.toString(settings.server().port()));
    properties.put("server.maxUploadBytes", Integer.toString(settings.server().maxUploadBytes()));
    properties.putAll(ConfiguredRoutes.properties(settings));
    return properties;
  }

  /** The files with the gateway's own routes; the console's only if there is one. */
  private String routes(Path folder) {
    return Stream.of(
            "edge",
            "chat",
            "openai",
            "anthropic",
            "gemini",
            "ollama",
            "accounting",
            "service",
            "console")
        .filter(name -> settings.console().enabled() || !name.equals("console"))
        .map(name -> "file:" + folder.resolve(name + ".camel.yaml"))
        .collect(Collectors.joining(","));
  }

  /** The port it listens on; the one the system chose if the settings say 0. */
  public int port() {
    return wiring.port();
  }

  /** Camel, for tests and the console. */
  public CamelContext context() {
    return camel.getCamelContext();
  }

  /** Names of the providers that can be called now. */
  public List<String> providers() {
    return wiring.providerNames();
  }

  /** Who may log into the console, if there is one. */
  public Optional<ConsoleAccount> console() {
    return wiring.console().map(Console::account);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!wiring.drain(settings.server().drainTime())) {
        LOG.warn("stopped before every request had ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    camel.stop();
    wiring.close();
  }

  /**
   * Camel's own without two habits: it reads the files of routes once more for modelines, without
   * use, and it wants to end with the process, which is for whoever started this gateway to see to.
   */
  private static final class CamelMain extends org.apache.camel.main.Main {
    CamelMain() {
      setShutdownStrategy(new SimpleMainShutdownStrategy());
    }

    @Override
    protected void modelineRoutes(CamelContext context) {}
  }
}
