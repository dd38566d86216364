package dev.serai.config.limit;

import dev.serai.config.annotation.Range;
import dev.serai.core.fair.rules.Qos;
import dev.serai.core.fair.rules.TenantShare;

/**
 * How much of a busy provider a tenant gets.
 *
 * @param weight share compared to other tenants of the same class
 * @param qos class of the tenant: gold, silver or bronze, which get 5, 3 and 1 parts. Calls may ask
 *     for a lower one
 */
public record TenantFairness(@Range(min = 1, max = 1000) int weight, Qos qos) {
  /** Weight 1, silver. */
  public static TenantFairness defaults() {
    return new TenantFairness(1, Qos.SILVER);
  }

  TenantShare share() {
    return new TenantShare(weight, qos);
  }
}
