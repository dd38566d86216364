package dev.serai.gateway.management;

import dev.serai.config.Settings;
import dev.serai.config.SettingsReport;
import dev.serai.config.annotation.Secret;
import dev.serai.config.state.StateSettings;
import dev.serai.memory.credentials.ConfiguredMasterKeys;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.DatabaseTimeouts;
import dev.serai.memory.keys.Pepper;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * The database that the settings name, and the secrets of what is stored in it. A gateway and the
 * commands that work on its database make them in the same way. Thread-safe.
 */
public final class StateDatabase {
  private StateDatabase() {}

  /**
   * The database; opens nothing yet. If only {@code DATABASE_URL} names it, it may belong to
   * another program, to whose tables none are added.
   *
   * @param environment as {@link System#getenv()}
   */
  public static Database of(Settings settings, Map<String, String> environment) {
    StateSettings state = settings.state();
    boolean sharing = !SettingsReport.of(settings, environment).isDatabaseOfOthers();
    return new Database(
        state.databaseUrl().reveal(), state.folder(), DatabaseTimeouts.DEFAULT, sharing);
  }

  /** What stored API keys are hashed with. */
  public static Pepper pepper(Settings settings, Database database, SecureRandom random) {
    return new Pepper(
        settings.auth().keyPepper().map(Secret::reveal),
        settings.state().folder(),
        database.isServer(),
        random);
  }

  /** What stored provider keys are encrypted with. */
  public static ConfiguredMasterKeys masterKeys(
      StateSettings state, Database database, SecureRandom random, InstantSource clock) {
    return new ConfiguredMasterKeys(
        new ConfiguredMasterKeys.Sources(
            state.masterKey().map(Secret::reveal),
            state.masterKeyFile(),
            state.folder(),
            database.isServer()),
        random,
        clock);
  }
}
