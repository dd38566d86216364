package dev.serai.core.privacy.policy;

import dev.serai.core.privacy.PiiDetector;
import dev.serai.core.privacy.PiiKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is searched for in the requests of a tenant, and what is done with it. Immutable.
 *
 * @param detector finds the values
 */
public record PrivacyPolicy(PrivacyAction action, PiiDetector detector) {
  /** Requests are not searched. */
  public static final PrivacyPolicy OFF =
      new PrivacyPolicy(
          PrivacyAction.OFF, new PiiDetector(EnumSet.noneOf(PiiKind.class), Set.of()));

  /** Whether requests are searched. */
  public boolean isOn() {
    return action != PrivacyAction.OFF;
  }
}
