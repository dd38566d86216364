package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.core.background.BackgroundThread;
import dev.serai.gateway.reload.SettingsFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies changes of the settings file and the models file while the gateway serves. */
final class SettingsFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFeature.class);

  private final SharedParts shared;
  private final BackgroundThread thread;

  /**
   * @param environment as at the start
   */
  SettingsFeature(SharedParts shared, Map<String, String> environment) {
    this.shared = shared;
    Settings first = shared.settings();
    SettingsFiles files =
        new SettingsFiles(
            () -> Settings.files(environment, first.home()),
            () -> Settings.load(environment, first.home(), Wiring.facts()),
            this::apply);
    Duration pause = first.routes().poll();
    thread = shared.threads().repeat("settings-files", pause, pause, self -> files.poll());
  }

  @Override
  public void start() {
    thread.start();
  }

  private void apply(Settings fresh) {
    shared.catalogue().replace(new SettingsCatalogue(fresh, shared.clock()));
    fresh.warnings().forEach(warning -> LOG.warn("settings: {}", warning));
    List<String> parts = fresh.partsToRestartFor(shared.settings());
    LOG.info("the settings have changed: aliases, default models and prices apply from now on");
    if (!parts.isEmpty()) {
      LOG.warn("changed settings that need a restart: {}", String.join(", ", parts));
    }
  }

  @Override
  public void close() {
    thread.stop();
  }
}
