package dev.serai.config;

import dev.serai.config.annotation.Secret;
import dev.serai.config.provider.KnownProvider;
import dev.serai.config.provider.ProviderList;
import dev.serai.config.provider.ProviderSettings;
import dev.serai.core.provider.Secrets;
import dev.serai.core.secret.SecretReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds provider keys in the settings and the environment, by {@code providers.<name>.api_key} or
 * by the name of a variable. Keys in the settings of a known provider are also found by the name of
 * its variable. A text with commas holds several keys. Thread-safe; never shows a key.
 */
public final class SettingsSecrets implements Secrets {
  private final Map<String, List<Secret>> fromFile = new HashMap<>();
  private final Map<String, String> environment;

  /**
   * @param environment as {@link System#getenv()}
   */
  public SettingsSecrets(Settings settings, Map<String, String> environment) {
    this.environment = read(environment, settings.secretValues());
    settings.providers().forEach(this::add);
  }

  /** A variable whose reference has not been read counts as not set. */
  private static Map<String, String> read(
      Map<String, String> environment, Map<SecretReference, Secret> secrets) {
    Map<String, String> values = new HashMap<>();
    environment.forEach(
        (name, text) -> {
          String stripped = text.strip();
          if (SecretReference.isMeantWithoutName(stripped)) {
            Optional<Secret> secret = SecretReference.find(stripped).map(secrets::get);
            secret.ifPresent(read -> values.put(name, read.reveal()));
          } else {
            values.put(name, text);
          }
        });
    return Map.copyOf(values);
  }

  private void add(String provider, ProviderSettings settings) {
    List<Secret> keys = new ArrayList<>();
    settings.apiKey().ifPresent(key -> split(key.reveal()).forEach(k -> keys.add(new Secret(k))));
    settings.keys().forEach(key -> keys.add(new Secret(key.reveal().strip())));
    if (keys.isEmpty()) {
      return;
    }
    fromFile.put(ProviderList.keyName(provider), keys);
    KnownProvider.find(provider)
        .flatMap(KnownProvider::keyVariable)
        .ifPresent(variable -> fromFile.put(variable, keys));
  }

  @Override
  public Optional<String> find(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  @Override
  public List<String> all(String name) {
    List<Secret> keys = fromFile.get(name);
    if (keys != null) {
      return keys.stream().map(Secret::reveal).toList();
    }
    return KnownProvider.key(name, environment).map(SettingsSecrets::split).orElse(List.of());
  }

  @Override
  public Optional<String> text(String name) {
    return KnownProvider.key(name, environment);
  }

  @Override
  public Set<String> names() {
    Set<String> names = new TreeSet<>(fromFile.keySet());
    environment.forEach(
        (name, value) -> {
          if (!value.isBlank()) {
            names.add(name);
          }
        });
    return names;
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
