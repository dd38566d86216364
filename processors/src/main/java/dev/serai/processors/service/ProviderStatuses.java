package dev.serai.processors.service;

import dev.serai.core.provider.KeyHealth;
import dev.serai.core.provider.KeyStatus;
import dev.serai.core.provider.ProviderKeys;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.ProviderStatus.State;
import dev.serai.core.provider.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects the status of every provider that can be called. Thread-safe. */
public final class ProviderStatuses implements Supplier<List<ProviderStatus>> {
  private static final String NO_BREAKER = "none";

  private final Providers providers;
  private final ProviderKeys keys;
  private final ProviderStats stats;
  private final Sources sources;

  /**
   * Where the rest of a status comes from.
   *
   * @param breakers closed, open or half_open, by provider
   * @param models of a provider
   */
  public record Sources(
      Supplier<Map<String, String>> breakers, Function<ProviderProfile, ModelNames> models) {}

  public ProviderStatuses(
      Providers providers, ProviderKeys keys, ProviderStats stats, Sources sources) {
    this.providers = providers;
    this.keys = keys;
    this.stats = stats;
    this.sources = sources;
  }

  @Override
  public List<ProviderStatus> get() {
    Map<String, String> breakers = sources.breakers().get();
    List<ProviderStatus> all = new ArrayList<>();
    for (ProviderProfile profile : providers.all()) {
      all.add(status(profile, breakers.getOrDefault(profile.name(), NO_BREAKER)));
    }
    return all;
  }

  private ProviderStatus status(ProviderProfile profile, String breaker) {
    List<KeyStatus> held = profile.keyName().map(keys::statuses).orElse(List.of());
    return new ProviderStatus(
        profile.name(),
        profile.dialect(),
        profile.baseUrl(),
        state(breaker, held),
        breaker,
        held,
        sources.models().apply(profile),
        stats.latency(profile.name()),
        stats.lastError(profile.name()));
  }

  private static State state(String breaker, List<KeyStatus> keys) {
    boolean allDisabled =
        !keys.isEmpty() && keys.stream().allMatch(k -> k.state() == KeyHealth.State.DISABLED);
    if (breaker.equals("open") || allDisabled) {
      return State.DOWN;
    }
    boolean anyUnhealthy = keys.stream().anyMatch(key -> key.state() != KeyHealth.State.HEALTHY);
    return breaker.equals("half_open") || anyUnhealthy ? State.DEGRADED : State.UP;
  }
}
