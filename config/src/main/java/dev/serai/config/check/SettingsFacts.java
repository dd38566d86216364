package dev.serai.config.check;

import dev.serai.config.state.StateSettings;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.secret.SecretManager;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the settings are checked against, or refer to, and do not know themselves.
 *
 * @param dialects by name; quirks of other dialects are not checked
 * @param database says why the database of the settings cannot be used, without its password
 * @param schemas says why a text is not a JSON Schema that guards can use
 * @param models those of the built-in data
 * @param secrets reads what the settings and variables only refer to
 */
public record SettingsFacts(
    Map<String, Dialect> dialects,
    Function<StateSettings, Optional<String>> database,
    Function<String, Optional<String>> schemas,
    KnownModels models,
    SecretManager secrets) {
  /**
   * Nothing is known: quirks, the database, folders and names of models are not checked, and no
   * secret is read.
   */
  public static final SettingsFacts NONE =
      new SettingsFacts(
          Map.of(),
          _ -> Optional.empty(),
          _ -> Optional.empty(),
          KnownModels.ANY,
          SecretManager.NONE);

  public SettingsFacts {
    dialects = Map.copyOf(dialects);
  }
}
