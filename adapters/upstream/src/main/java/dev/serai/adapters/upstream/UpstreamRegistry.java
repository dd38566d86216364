package dev.serai.adapters.upstream;

import dev.serai.core.net.BaseUrl;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.provider.Providers;
import dev.serai.core.provider.UpstreamState;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@link Upstream}s of all providers across route reloads: which provider is started, by how
 * many producers, and the state of stopped ones that may come back. Methods hold a lock and run off
 * the hot path.
 */
final class UpstreamRegistry {
  /** The number of upstreams of stopped providers that are kept in case they start again. */
  private static final int MAX_RETIRED = 64;

  private record Key(String name, String baseUrl) {}

  private final UpstreamLimits settings;
  private final Providers providers;
  private final NetworkResources network;
  private final Map<ProviderProfile, Integer> started = new LinkedHashMap<>();
  private final Map<Key, Upstream> upstreams = new LinkedHashMap<>();

  UpstreamRegistry(UpstreamLimits settings, Providers providers, NetworkResources network) {
    this.settings = settings;
    this.providers = providers;
    this.network = network;
  }

  NetworkResources network() {
    return network;
  }

  /** Registers a producer of this provider that starts. */
  synchronized Upstream start(ProviderProfile profile, BaseUrl address) {
    network.prepare(address.tls());
    int count = started.getOrDefault(profile, 0);
    started.remove(profile);
    started.put(profile, count + 1);
    providers.add(profile);
    Key key = new Key(profile.name(), address.baseUrl());
    Upstream known = upstreams.remove(key);
    Upstream upstream =
        known != null ? known : new Upstream(profile.name(), address, settings, network);
    upstreams.put(key, upstream);
    dropRetired();
    return upstream;
  }

  /** Unregisters a producer of this provider that stops. */
  synchronized void stop(ProviderProfile profile) {
    int left = started.getOrDefault(profile, 0) - 1;
    if (left > 0) {
      started.put(profile, left);
      return;
    }
    started.remove(profile);
    providers.remove(profile);
    if (providers.find(profile.name()).isEmpty()) {
      lastOf(profile.name()).ifPresent(providers::add);
    }
  }

  /** The upstream for any address of a started provider, for example that of its model list. */
  synchronized Optional<Upstream> find(ProviderProfile profile, String baseUrl) {
    if (!started.containsKey(profile)) {
      return Optional.empty();
    }
    return Optional.of(
        upstreams.computeIfAbsent(new Key(profile.name(), baseUrl), this::newUpstream));
  }

  /**
   * The upstream for a server that is not a provider. It is kept as long as that of a stopped one.
   */
  synchronized Upstream server(String name, String origin) {
    Key key = new Key(name, origin);
    Upstream known = upstreams.remove(key);
    Upstream upstream = known != null ? known : newUpstream(key);
    upstreams.put(key, upstream);
    dropRetired();
    return upstream;
  }

  private Upstream newUpstream(Key key) {
    BaseUrl address = BaseUrl.parse(key.baseUrl());
    network.prepare(address.tls());
    return new Upstream(key.name(), address, settings, network);
  }

  synchronized List<UpstreamState> states() {
    List<UpstreamState> states = new ArrayList<>();
    upstreams.forEach(
        (key, upstream) -> {
          if (isStarted(key)) {
            states.add(upstream.state());
          }
        });
    return states;
  }

  /** Closes all unused connections, and then the network. */
  synchronized void close() {
    upstreams.values().forEach(Upstream::closeUnused);
    upstreams.clear();
    started.keySet().forEach(providers::remove);
    started.clear();
    network.close();
  }

  private Optional<ProviderProfile> lastOf(String name) {
    return started.keySet().stream()
        .filter(profile -> profile.name().equals(name))
        .reduce((earlier, later) -> later);
  }

  private boolean isStarted(Key key) {
    return started.keySet().stream().anyMatch(p -> key.equals(keyOf(p)));
  }

  private static Key keyOf(ProviderProfile profile) {
    return new Key(profile.name(), profile.baseUrl().orElse(""));
  }

  private void dropRetired() {
    Iterator<Map.Entry<Key, Upstream>> oldestFirst = upstreams.entrySet().iterator();
    while (upstreams.size() > MAX_RETIRED && oldestFirst.hasNext()) {
      Map.Entry<Key, Upstream> entry = oldestFirst.next();
      if (!isStarted(entry.getKey())) {
        entry.getValue().closeUnused();
        oldestFirst.remove();
      }
    }
  }
}
