package dev.serai.core.privacy.policy;

import java.util.Map;

/**
 * The policies of all tenants. Immutable.
 *
 * @param ofOthers the policy of tenants without one of their own
 * @param byTenant by the tenant's name
 */
public record PrivacyPolicies(PrivacyPolicy ofOthers, Map<String, PrivacyPolicy> byTenant) {
  /** No request is searched. */
  public static final PrivacyPolicies OFF = new PrivacyPolicies(PrivacyPolicy.OFF, Map.of());

  public PrivacyPolicies {
    byTenant = Map.copyOf(byTenant);
  }

  public PrivacyPolicy of(String tenant) {
    return byTenant.isEmpty() ? ofOthers : byTenant.getOrDefault(tenant, ofOthers);
  }
}
