package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.json.JsonTextRewriter;
import dev.serai.config.Settings;
import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.policy.PrivacyAction;
import dev.serai.processors.privacy.MaskRequest;
import dev.serai.processors.privacy.PrivacyRules;
import java.util.Map;

/** Searches requests to providers for personal data. */
final class PrivacyFeature implements Feature {
  private static final String FOUND = "serai.pii";

  private final SharedParts shared;
  private final PrivacyRules rules;

  PrivacyFeature(SharedParts shared) {
    this.shared = shared;
    rules = new PrivacyRules(shared.settings().privacy().policies());
  }

  /** The policies that are in force. */
  PrivacyRules rules() {
    return rules;
  }

  /** Applies the policies of other settings. */
  @Override
  public void replace(Settings fresh) {
    rules.replace(fresh.privacy().policies());
  }

  private void count(PiiKind kind, PrivacyAction action, int values) {
    shared
        .metrics()
        .registry()
        .counter(FOUND, "kind", kind.label(), "action", action.label())
        .increment(values);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "mask-request",
        new MaskRequest(rules, new JsonTextRewriter(), shared.loops(), this::count));
  }
}
