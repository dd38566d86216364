package dev.serai.config.check;

import dev.serai.config.state.StateSettings;
import dev.serai.core.dialect.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the settings are checked against, and do not know themselves.
 *
 * @param dialects by name; quirks of other dialects are not checked
 * @param database says why the database of the settings cannot be used, without its password
 */
public record SettingsFacts(
    Map<String, Dialect> dialects, Function<StateSettings, Optional<String>> database) {
  /** Nothing is known: quirks and the database are not checked. */
  public static final SettingsFacts NONE = new SettingsFacts(Map.of(), _ -> Optional.empty());

  public SettingsFacts {
    dialects = Map.copyOf(dialects);
  }
}
