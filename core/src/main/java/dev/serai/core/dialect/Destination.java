package dev.serai.core.dialect;

import dev.serai.core.provider.ProviderProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an attempt is sent: a provider, a model there, and the key to use. Immutable.
 *
 * @param model the model's name at the provider
 * @param key the provider key; empty for a provider without one
 * @param others finds further secrets of the provider that its messages may quote: its other keys,
 *     and the header fields of the settings; called for a message of an error only
 */
public record Destination(
    ProviderProfile provider, String model, Optional<String> key, Supplier<List<String>> others) {
  private static final Supplier<List<String>> NONE = List::of;

  /** A provider without other secrets. */
  public Destination(ProviderProfile provider, String model, Optional<String> key) {
    this(provider, model, key, NONE);
  }

  /** Every secret that messages of the provider may quote. */
  public List<String> secrets() {
    List<String> secrets = new ArrayList<>(others.get());
    secrets.addAll(provider.headers().values());
    key.ifPresent(secrets::add);
    return secrets;
  }

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
