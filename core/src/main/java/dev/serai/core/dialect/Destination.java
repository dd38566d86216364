package dev.serai.core.dialect;

import dev.serai.core.provider.ProviderProfile;
import java.util.Optional;

/**
 * Where an attempt is sent: a provider, a model there, and the key to use. Immutable.
 *
 * @param model the model's name at the provider
 * @param key the provider key; empty for a provider without one
 */
public record Destination(ProviderProfile provider, String model, Optional<String> key) {
  /** Whether the provider is configured with this quirk flag. */
  public boolean hasQuirk(String quirk) {
    return provider.quirks().contains(quirk);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return provider.name() + "/" + model;
  }
}
