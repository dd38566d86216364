package dev.serai.config.privacy;

import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.policy.PrivacyAction;
import java.util.List;
import java.util.Optional;

/**
 * What is done with personal data in the requests of one tenant.
 *
 * @param action as privacy.action; if left out, the same
 * @param kinds what to find; if left out, privacy.kinds
 */
public record TenantPrivacySettings(Optional<PrivacyAction> action, List<PiiKind> kinds) {
  public TenantPrivacySettings {
    kinds = List.copyOf(kinds);
  }

  /** The same as for all tenants. */
  public static TenantPrivacySettings defaults() {
    return new TenantPrivacySettings(Optional.empty(), List.of());
  }
}
