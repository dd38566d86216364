package dev.serai.config.provider;

import dev.serai.config.annotation.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys of providers that are stored by the gateway, by the name of the provider. They replace the
 * keys that the file and the environment give the provider. Immutable.
 */
public record StoredKeys(Map<String, List<Secret>> byProvider) {
  /** No stored keys. */
  public static final StoredKeys NONE = new StoredKeys(Map.of());

  public StoredKeys {
    Map<String, List<Secret>> copy = new TreeMap<>();
    byProvider.forEach((name, keys) -> copy.put(name, List.copyOf(keys)));
    byProvider = Map.copyOf(copy);
  }

  /** These keys. */
  public static StoredKeys of(Map<String, List<String>> keys) {
    Map<String, List<Secret>> secret = new TreeMap<>();
    keys.forEach((name, texts) -> secret.put(name, texts.stream().map(Secret::new).toList()));
    return new StoredKeys(secret);
  }

  /** Whether there are keys for a setting like {@code providers.openai.api_key}. */
  public boolean have(String path) {
    return byProvider.keySet().stream().anyMatch(name -> ProviderList.keyName(name).equals(path));
  }

  /**
   * The settings of providers with these keys. Keys of a provider that neither Serai nor the file
   * knows have no effect.
   */
  public Map<String, ProviderSettings> over(Map<String, ProviderSettings> written) {
    Map<String, ProviderSettings> keyed = new LinkedHashMap<>(written);
    byProvider.forEach(
        (name, keys) -> {
          if (written.containsKey(name) || KnownProvider.find(name).isPresent()) {
            ProviderSettings own = written.getOrDefault(name, ProviderSettings.defaults());
            keyed.put(name, own.withKeys(keys));
          }
        });
    return keyed;
  }
}
