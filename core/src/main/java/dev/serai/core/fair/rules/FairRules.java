package dev.serai.core.fair.rules;

import java.util.Map;

/**
 * What the operator sets. Immutable.
 *
 * @param tenants shares of tenants, by name
 * @param others the share of each other tenant
 * @param live weights that were set while the gateway runs
 */
public record FairRules(
    Map<String, TenantShare> tenants,
    TenantShare others,
    QueueRules queue,
    WindowRules window,
    FairWeights live) {
  public FairRules {
    tenants = Map.copyOf(tenants);
  }

  /** Rules of the settings only. */
  public FairRules(
      Map<String, TenantShare> tenants, TenantShare others, QueueRules queue, WindowRules window) {
    this(tenants, others, queue, window, FairWeights.NONE);
  }

  /** The same rules with other live weights. */
  public FairRules with(FairWeights weights) {
    return new FairRules(tenants, others, queue, window, weights);
  }

  public TenantShare share(String tenant) {
    TenantShare share = tenants.getOrDefault(tenant, others);
    Integer weight = live.tenants().get(tenant);
    return weight == null ? share : new TenantShare(weight, share.qos());
  }
}
