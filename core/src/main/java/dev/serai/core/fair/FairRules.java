package dev.serai.core.fair;

import java.util.Map;

/**
 * What the operator sets. Immutable.
 *
 * @param tenants shares of tenants, by name
 * @param others the share of each other tenant
 */
public record FairRules(
    Map<String, TenantShare> tenants, TenantShare others, QueueRules queue, WindowRules window) {
  public FairRules {
    tenants = Map.copyOf(tenants);
  }

  /** The share of a tenant. */
  public TenantShare share(String tenant) {
    return tenants.getOrDefault(tenant, others);
  }
}
