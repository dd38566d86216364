package dev.serai.core.fair.rules;

/**
 * How much of a busy provider a tenant gets.
 *
 * @param weight compared to other tenants, above 0; multiplied by the weight of the class
 * @param qos the class of the tenant, and the highest that its calls may have
 */
public record TenantShare(int weight, Qos qos) {
  /**
   * @throws IllegalArgumentException if the weight is not above zero
   */
  public TenantShare {
    if (weight < 1) {
      throw new IllegalArgumentException("weight must be above zero");
    }
  }

  /** Its whole weight. */
  public double total() {
    return (double) weight * qos.weight();
  }
}
