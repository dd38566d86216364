package dev.serai.config;

import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.ProviderList;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.config.read.Secret;
import dev.serai.core.provider.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys out of the settings and the environment: {@code providers.<name>.api_key}, or the name of a
 * variable. Keys that the settings hold for a known provider also answer to the name of that
 * provider's variable. A text with commas is several keys. Thread-safe; never shows a key.
 */
public final class SettingsSecrets implements Secrets {
  private final Map<String, List<Secret>> written = new HashMap<>();
  private final Map<String, String> environment;

  /**
   * @param environment as {@link System#getenv()}
   */
  public SettingsSecrets(Settings settings, Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    settings.providers().forEach(this::hold);
  }

  private void hold(String provider, ProviderSettings said) {
    List<Secret> keys = new ArrayList<>();
    said.apiKey().ifPresent(key -> split(key.reveal()).forEach(k -> keys.add(new Secret(k))));
    keys.addAll(said.keys());
    if (keys.isEmpty()) {
      return;
    }
    written.put(ProviderList.keyName(provider), keys);
    KnownProvider.find(provider)
        .flatMap(KnownProvider::keyVariable)
        .ifPresent(variable -> written.put(variable, keys));
  }

  @Override
  public Optional<String> find(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  @Override
  public List<String> all(String name) {
    List<Secret> keys = written.get(name);
    if (keys != null) {
      return keys.stream().map(Secret::reveal).toList();
    }
    return KnownProvider.key(name, environment).map(SettingsSecrets::split).orElse(List.of());
  }

  private static List<String> split(String text) {
    List<String> keys = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String key = part.strip();
      if (!key.isEmpty() && !keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }
}
