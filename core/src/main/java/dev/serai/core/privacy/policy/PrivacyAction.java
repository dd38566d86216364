package dev.serai.core.privacy.policy;

import java.util.Locale;

/** What is done with a request that has personal data. */
public enum PrivacyAction {
  /** Requests are not searched. */
  OFF,
  /** It is counted and logged, by kind, and sent unchanged. */
  REPORT,
  /** Values are replaced before a provider sees them, and restored in the reply. */
  MASK,
  /** The request is refused. */
  BLOCK;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in settings and metrics. */
  public String label() {
    return label;
  }
}
