package dev.serai.gateway.wiring;

import dev.serai.config.Settings;
import dev.serai.config.SettingsSecrets;
import dev.serai.config.annotation.Secret;
import dev.serai.config.catalogue.SettingsCatalogue;
import dev.serai.config.catalogue.UnpricedBudgets;
import dev.serai.config.provider.StoredKeys;
import dev.serai.core.background.BackgroundThread;
import dev.serai.core.secret.KeyForms;
import dev.serai.core.secret.SecretReference;
import dev.serai.gateway.reload.RetriedChange;
import dev.serai.gateway.reload.SettingsFiles;
import dev.serai.gateway.secrets.HeldSecrets;
import dev.serai.gateway.secrets.SecretSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changes of the settings file, the models file and the secrets that they refer to while
 * the gateway serves.
 */
final class SettingsFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFeature.class);

  /** The most changed settings that one line names. */
  private static final int MAX_NAMED = 20;

  private final SharedParts shared;
  private final Map<String, String> environment;
  private final KeysFeature keys;
  private final RoutesFeature routes;
  private final Consumer<Settings> features;
  private final BackgroundThread thread;
  private final HeldSecrets secrets;
  private final SettingsFiles files;
  private final RetriedChange rotation;
  private final RetriedChange storedKeys;

  /** Held while settings are read and applied, by the thread or by a change of stored keys. */
  private final ReentrantLock applying = new ReentrantLock();

  /** The settings that are in force. */
  private Settings current;

  /** What was said of budgets that refuse models without a price. */
  private List<String> unpriced;

  /** The stored keys of providers that are in force. */
  private Map<String, List<String>> applied = Map.of();

  /**
   * @param environment as at the start
   * @param keys has the stored keys of providers
   * @param routes serve the providers
   * @param features replaces the settings of every feature
   */
  SettingsFeature(
      SharedParts shared,
      Map<String, String> environment,
      KeysFeature keys,
      RoutesFeature routes,
      Consumer<Settings> features) {
    this.shared = shared;
    this.environment = Map.copyOf(environment);
    this.keys = keys;
    this.routes = routes;
    this.features = features;
    current = shared.settings();
    unpriced = unpriced(current);
    secrets = new HeldSecrets(new SecretSources(environment), current, shared.ticker());
    rotation =
        new RetriedChange(
            "secrets have changed; the previous settings stay in force until the new ones are valid",
            shared.ticker());
    storedKeys =
        new RetriedChange(
            "the changed keys of providers apply as soon as the settings are valid",
            shared.ticker());
    Path home = current.home();
    files =
        new SettingsFiles(
            () -> Settings.files(environment, home), this::loadAnew, this::applyChanged);
    Duration pause = current.routes().poll();
    thread =
        shared
            .threads()
            .repeat(
                "settings-files",
                pause,
                pause,
                self -> {
                  secrets.refreshIfDue();
                  locked(
                      () -> {
                        files.poll();
                        applySecrets();
                        applyStoredKeys();
                      });
                });
    keys.applyCredentials(() -> locked(this::applyStoredKeys));
  }

  private void locked(Runnable work) {
    applying.lock();
    try {
      work.run();
    } finally {
      applying.unlock();
    }
  }

  /** With the secrets as they are now, and those that cannot be read as they were. */
  private Settings loadAnew() {
    secrets.refreshForEdit();
    return read();
  }

  /** For a change that is not in the files. */
  private Settings load() {
    return files.whole(this::read);
  }

  private Settings read() {
    Map<String, List<String>> stored = keys.credentials().current();
    Settings settings =
        Settings.load(
            environment,
            shared.settings().home(),
            Wiring.facts(secrets.pass()),
            StoredKeys.of(stored));
    applied = stored;
    return settings;
  }

  private void applySecrets() {
    Map<SecretReference, Secret> rotated = secrets.unapplied();
    if (!rotated.isEmpty()) {
      rotation.attempt(
          rotated,
          () -> {
            Settings fresh = load();
            apply(fresh);
            LOG.info("secrets have changed and apply from now on: {}", rotated.keySet());
            nameRestart(fresh);
          });
    }
  }

  /** Before requests are served, and whenever the stored keys of providers have changed. */
  private void applyStoredKeys() {
    Map<String, List<String>> before = applied;
    if (keys.credentials().current().equals(before)) {
      return;
    }
    boolean done = false;
    try {
      done = storedKeys.attempt(keys.credentials().current(), () -> apply(load()));
    } finally {
      applied = done ? applied : before; // tried again at a later poll
    }
    if (done) {
      LOG.info("the stored keys of providers have changed and apply from now on");
    }
  }

  @Override
  public void start() {
    locked(this::applyStoredKeys);
    keys.credentials().onChange(thread::unpark);
    thread.start();
  }

  private void applyChanged(Settings fresh) {
    boolean keysGone = fresh.callerKeys().isEmpty() && !current.callerKeys().isEmpty();
    apply(fresh);
    LOG.info(
        "the settings have changed: providers, aliases, routing, prices, API keys, limits, privacy,"
            + " guards and fairness apply from now on");
    if (keysGone) {
      LOG.warn(
          "the settings have no API key any more; requests still need one until Serai starts again");
    }
    nameRestart(fresh);
  }

  private void nameRestart(Settings fresh) {
    List<String> restart = fresh.settingsToRestartFor(shared.settings());
    if (!restart.isEmpty()) {
      int more = restart.size() - MAX_NAMED;
      LOG.warn(
          "changed settings that need a restart: {}{}",
          KeyForms.redacted(restart.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))),
          more > 0 ? " and " + more + " more" : "");
    }
  }

  private void apply(Settings fresh) {
    secrets.keep(fresh);
    shared.secrets().replace(new SettingsSecrets(fresh, environment));
    features.accept(fresh);
    routes.serve(current, fresh).forEach(fault -> LOG.error("{}", fault));
    shared.catalogue().replace(new SettingsCatalogue(fresh, shared.clock()));
    List<String> known = new ArrayList<>(current.warnings());
    known.addAll(unpriced);
    current = fresh;
    unpriced = unpriced(fresh);
    Stream.concat(fresh.warnings().stream(), unpriced.stream())
        .filter(warning -> !known.contains(warning))
        .forEach(warning -> LOG.warn("settings: {}", warning));
  }

  /** Of the budgets of the start, which a reload does not change. */
  private List<String> unpriced(Settings settings) {
    return UnpricedBudgets.warnings(settings, shared.settings().budgets(), shared.catalogue());
  }

  @Override
  public void close() {
    thread.stop();
  }
}
