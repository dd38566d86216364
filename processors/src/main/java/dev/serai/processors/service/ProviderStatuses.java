package dev.serai.processors.service;

import dev.serai.core.problem.FailureCause;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.ProviderStatus;
import dev.serai.core.provider.ProviderStatus.Breakers;
import dev.serai.core.provider.ProviderStatus.LastError;
import dev.serai.core.provider.ProviderStatus.ListFailure;
import dev.serai.core.provider.ProviderStatus.ModelNames;
import dev.serai.core.provider.ProviderStatus.State;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.UpstreamState;
import dev.serai.core.provider.UpstreamState.BreakerState;
import dev.serai.core.provider.key.KeyHealth;
import dev.serai.core.provider.key.KeyStatus;
import dev.serai.core.provider.key.ProviderKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Collects the status of every provider that can be called. Thread-safe. */
public final class ProviderStatuses implements Supplier<List<ProviderStatus>> {
  private static final String IN_PROCESS = "persona";

  private final Providers providers;
  private final ProviderKeys keys;
  private final ProviderStats stats;
  private final Sources sources;

  /**
   * Where the rest of a status comes from.
   *
   * @param upstreams the state of the connections to each provider
   * @param models of a provider
   */
  public record Sources(
      Supplier<List<UpstreamState>> upstreams, Function<ProviderProfile, ModelNames> models) {}

  public ProviderStatuses(
      Providers providers, ProviderKeys keys, ProviderStats stats, Sources sources) {
    this.providers = providers;
    this.keys = keys;
    this.stats = stats;
    this.sources = sources;
  }

  @Override
  public List<ProviderStatus> get() {
    Map<String, Breakers> breakers = new HashMap<>();
    for (UpstreamState upstream : sources.upstreams().get()) {
      breakers.put(upstream.provider(), breakers(upstream));
    }
    List<ProviderStatus> all = new ArrayList<>();
    for (ProviderProfile profile : providers.all()) {
      all.add(status(profile, breakers.getOrDefault(profile.name(), Breakers.NONE)));
    }
    return all;
  }

  private static Breakers breakers(UpstreamState upstream) {
    Map<String, String> models = new HashMap<>();
    upstream.modelBreakers().forEach((model, state) -> models.put(model, word(state)));
    return new Breakers(word(upstream.breaker()), models);
  }

  private static String word(BreakerState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private ProviderStatus status(ProviderProfile profile, Breakers breakers) {
    List<KeyStatus> held = profile.keyName().map(keys::statuses).orElse(List.of());
    ModelNames models = sources.models().apply(profile);
    return new ProviderStatus(
        profile.name(),
        profile.dialect(),
        profile.baseUrl(),
        profile.dialect().equals(IN_PROCESS)
            ? State.UP
            : state(profile.name(), breakers, held, models),
        breakers,
        held,
        models,
        stats.latency(profile.name()),
        stats.lastError(profile.name()));
  }

  private State state(String name, Breakers breakers, List<KeyStatus> held, ModelNames models) {
    Optional<FailureCause> cause = standingCause(name, models);
    if (areDisabled(held) || cause.equals(Optional.of(FailureCause.CREDENTIALS))) {
      return State.UNAUTHORIZED;
    }
    if (breakers.areOpen() || cause.filter(ProviderStatuses::isOfNetwork).isPresent()) {
      return State.UNREACHABLE;
    }
    boolean anyUnhealthy = held.stream().anyMatch(key -> key.state() != KeyHealth.State.HEALTHY);
    boolean anyTried = breakers.own().equals("half_open") || !breakers.models().isEmpty();
    if (anyTried || anyUnhealthy || cause.isPresent()) {
      return State.DEGRADED;
    }
    boolean reached = stats.hasSucceeded(name) || models.fetched().isPresent();
    return reached ? State.UP : State.UNKNOWN;
  }

  /**
   * The cause of the failure of the latest attempt; before the first attempt, that of the latest
   * fetch of the model list, unless only the list is forbidden. A list that was fetched after a
   * failed attempt shows that the provider works.
   */
  private Optional<FailureCause> standingCause(String name, ModelNames models) {
    Optional<LastError> last = stats.lastError(name);
    if (last.isEmpty() && !stats.hasSucceeded(name)) {
      return models.failure().flatMap(ListFailure::cause).filter(f -> f != FailureCause.FORBIDDEN);
    }
    return last.filter(LastError::standing)
        .filter(error -> models.fetched().filter(error.at()::isBefore).isEmpty())
        .map(LastError::cause);
  }

  private static boolean areDisabled(List<KeyStatus> keys) {
    return !keys.isEmpty() && keys.stream().allMatch(k -> k.state() == KeyHealth.State.DISABLED);
  }

  private static boolean isOfNetwork(FailureCause cause) {
    return switch (cause) {
      case UNREACHABLE, NO_RESPONSE, CONNECT_TIMEOUT, TIMEOUT, CREDENTIALS_UNAVAILABLE -> true;
      default -> cause.ofConnection();
    };
  }
}
