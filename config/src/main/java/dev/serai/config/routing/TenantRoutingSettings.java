package dev.serai.config.routing;

import dev.serai.core.routing.Strategy;
import java.util.Optional;

/**
 * How the model of a tenant's calls is chosen.
 *
 * @param strategy how candidates are ordered; if left out, as the alias says, else as {@code
 *     general.routing_strategy} says
 */
public record TenantRoutingSettings(Optional<Strategy> strategy) {
  /** As for all tenants. */
  public static TenantRoutingSettings defaults() {
    return new TenantRoutingSettings(Optional.empty());
  }
}
