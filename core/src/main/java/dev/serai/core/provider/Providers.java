package dev.serai.core.provider;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The providers that can be called now, by name. A provider enters when its route starts and leaves
 * when it stops. Safe for use by many threads; a look-up takes no lock.
 */
public final class Providers {
  private final Map<String, ProviderProfile> byName = new ConcurrentSkipListMap<>();
  private final Map<String, String> off = new ConcurrentSkipListMap<>();

  /** Adds or replaces. */
  public void add(ProviderProfile profile) {
    byName.put(profile.name(), profile);
  }

  /** Removes exactly this profile: one that has been replaced since stays. */
  public void remove(ProviderProfile profile) {
    byName.remove(profile.name(), profile);
  }

  public Optional<ProviderProfile> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** A file configures this provider, and it cannot be called for that reason. */
  public void noteOff(String name, String reason) {
    off.put(name, reason);
  }

  /** No file configures this provider any longer, or it can be called. */
  public void forgetOff(String name) {
    off.remove(name);
  }

  /** Why a provider that a file configures cannot be called: "GROQ_API_KEY is not set". */
  public Optional<String> whyOff(String name) {
    return Optional.ofNullable(off.get(name));
  }

  /** Names of the providers that {@link #whyOff} knows. */
  public Collection<String> offNames() {
    return off.keySet();
  }

  /** All, ordered by name: a live view. */
  public Collection<ProviderProfile> all() {
    return byName.values();
  }
}
