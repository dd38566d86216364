package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.SettingsSecrets;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.provider.Provider;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.provider.Secrets;
import dev.serai.gateway.reload.SettingsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies changes of the settings file and the models file while the gateway serves. */
final class SettingsFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFeature.class);

  private final SharedParts shared;
  private final Map<String, String> environment;
  private final Readers readers;
  private final BackgroundThread thread;

  /** The settings that are in force; only the one thread uses them. */
  private Settings current;

  /** The features that read changed settings. */
  record Readers(
      RoutesFeature routes,
      LoggingFeature logging,
      IdentityFeature identity,
      LimitsFeature limits) {}

  /**
   * @param environment as at the start
   * @param readers are given the settings after each change
   */
  SettingsFeature(SharedParts shared, Map<String, String> environment, Readers readers) {
    this.shared = shared;
    this.environment = Map.copyOf(environment);
    this.readers = readers;
    current = shared.settings();
    Path home = current.home();
    SettingsFiles files =
        new SettingsFiles(
            () -> Settings.files(environment, home),
            () -> Settings.load(environment, home, Wiring.facts()),
            this::apply);
    Duration pause = current.routes().poll();
    thread = shared.threads().repeat("settings-files", pause, pause, self -> files.poll());
  }

  @Override
  public void start() {
    thread.start();
  }

  private void apply(Settings fresh) {
    List<String> restart = restart(fresh);
    SettingsSecrets secrets = new SettingsSecrets(fresh, environment);
    readers.logging.hide(fresh, secrets);
    shared.secrets().replace(secrets);
    readers.identity.replace(fresh);
    readers.limits.replace(fresh);
    readers.routes.replace(current, fresh).forEach(fault -> LOG.error("{}", fault));
    shared.catalogue().replace(new SettingsCatalogue(fresh, shared.clock()));
    List<String> known = current.warnings();
    current = fresh;
    fresh.warnings().stream()
        .filter(warning -> !known.contains(warning))
        .forEach(warning -> LOG.warn("settings: {}", warning));
    LOG.info(
        "the settings have changed: providers, aliases, prices, API keys and limits apply from now"
            + " on");
    if (!restart.isEmpty()) {
      LOG.warn("changed settings that need a restart: {}", String.join(", ", restart));
    }
  }

  /** The settings that have changed since the start and are only read at the start. */
  private List<String> restart(Settings fresh) {
    List<String> restart = new ArrayList<>(fresh.partsToRestartFor(shared.settings()));
    Secrets before = new SettingsSecrets(shared.settings(), environment);
    Secrets after = new SettingsSecrets(fresh, environment);
    for (Provider provider : shared.settings().enabledProviders()) {
      provider
          .keyName()
          .filter(name -> !before.all(name).equals(after.all(name)))
          .filter(_ -> isStillThere(provider, fresh))
          .ifPresent(restart::add);
    }
    return restart;
  }

  private static boolean isStillThere(Provider provider, Settings fresh) {
    return fresh.enabledProviders().stream().anyMatch(p -> p.name().equals(provider.name()));
  }

  @Override
  public void close() {
    thread.stop();
  }
}
