package dev.serai.config.routing;

import dev.serai.core.routing.Strategy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the model of a call is chosen, beyond {@code general.routing_strategy} and the strategies of
 * aliases. Changes apply while Serai runs.
 *
 * @param tenants strategies of tenants, by name, which come before those of aliases
 */
public record RoutingSettings(Map<String, TenantRoutingSettings> tenants) {
  public RoutingSettings {
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
  }

  /** No tenant has a strategy of its own. */
  public static RoutingSettings defaults() {
    return new RoutingSettings(Map.of());
  }

  /** The strategy of a tenant; empty if it has none. */
  public Optional<Strategy> strategy(String tenant) {
    TenantRoutingSettings found = tenants.get(tenant);
    return found == null ? Optional.empty() : found.strategy();
  }
}
