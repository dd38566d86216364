package dev.serai.processors.privacy;

import dev.serai.core.call.Call;
import dev.serai.core.privacy.policy.PrivacyPolicies;
import dev.serai.core.privacy.policy.PrivacyPolicy;

/** The privacy policies that are in force. Thread-safe. */
public final class PrivacyRules {
  private volatile PrivacyPolicies policies;

  public PrivacyRules(PrivacyPolicies policies) {
    this.policies = policies;
  }

  /** Applies other policies, to requests from now on. */
  public void replace(PrivacyPolicies fresh) {
    policies = fresh;
  }

  /** The policy for a call, by its caller's tenant. */
  public PrivacyPolicy of(Call call) {
    return policies.of(call.caller().tenant());
  }

  /** Whether the requests of both tenants are treated in the same way. */
  public boolean isSame(String tenant, String other) {
    PrivacyPolicies now = policies;
    return now.of(tenant).equals(now.of(other));
  }
}
