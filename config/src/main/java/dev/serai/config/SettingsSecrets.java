package dev.serai.config;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.ProviderList;
import dev.serai.config.read.Secret;
import dev.serai.core.port.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keys out of the settings and the environment: {@code providers.<name>.api_key}, or the name of a
 * variable. A key that the settings hold for a known provider also answers to the name of that
 * provider's variable. Thread-safe; never shows a key.
 */
public final class SettingsSecrets implements Secrets {
  private final Map<String, Secret> written = new HashMap<>();
  private final Map<String, String> environment;

  /**
   * @param environment as {@link System#getenv()}
   */
  public SettingsSecrets(Settings settings, Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    settings.providers().forEach((name, said) -> said.apiKey().ifPresent(key -> hold(name, key)));
  }

  private void hold(String provider, Secret key) {
    written.put(ProviderList.keyName(provider), key);
    KnownProvider.find(provider)
        .flatMap(KnownProvider::keyVariable)
        .ifPresent(variable -> written.put(variable, key));
  }

  @Override
  public Optional<String> find(String name) {
    Secret key = written.get(name);
    if (key != null) {
      return Optional.of(key.reveal());
    }
    String value = environment.get(name);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }
}
