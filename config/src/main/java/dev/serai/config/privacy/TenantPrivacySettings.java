package dev.serai.config.privacy;

import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.PrivacyAction;
import java.util.List;

/**
 * What is done with personal data in the requests of one tenant.
 *
 * @param action as privacy.action
 * @param kinds what to find; if left out, privacy.kinds
 */
public record TenantPrivacySettings(PrivacyAction action, List<PiiKind> kinds) {
  public TenantPrivacySettings {
    kinds = List.copyOf(kinds);
  }

  /** Nothing is searched. */
  public static TenantPrivacySettings defaults() {
    return new TenantPrivacySettings(PrivacyAction.OFF, List.of());
  }
}
