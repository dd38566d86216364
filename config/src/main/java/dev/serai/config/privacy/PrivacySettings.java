package dev.serai.config.privacy;

import dev.serai.config.read.ListFaults;
import dev.serai.core.privacy.PiiDetector;
import dev.serai.core.privacy.PiiKind;
import dev.serai.core.privacy.policy.PrivacyAction;
import dev.serai.core.privacy.policy.PrivacyPolicies;
import dev.serai.core.privacy.policy.PrivacyPolicy;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Personal data and secrets in requests. Changes apply while Serai runs.
 *
 * @param action off: requests are not searched; report: what is found is counted and logged, and
 *     sent unchanged; mask: it is replaced by placeholders before a provider sees it, and restored
 *     in the reply; block: the request is refused
 * @param kinds what to find; if left out, all kinds
 * @param names names to find, for the kind name: whole words, in the same case
 * @param tenants actions of tenants, by name, instead of privacy.action
 */
public record PrivacySettings(
    PrivacyAction action,
    List<PiiKind> kinds,
    List<String> names,
    Map<String, TenantPrivacySettings> tenants) {
  /**
   * @throws IllegalArgumentException if a name does not begin with a letter
   */
  public PrivacySettings {
    kinds = List.copyOf(kinds);
    names = List.copyOf(names);
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
    ListFaults.check("names", names, PrivacySettings::fault);
  }

  private static Optional<String> fault(String name) {
    return Character.isLetter(name.charAt(0))
        ? Optional.empty()
        : Optional.of("'" + name + "' is not a name to find: a name begins with a letter");
  }

  /** Requests are not searched. */
  public static PrivacySettings defaults() {
    return new PrivacySettings(PrivacyAction.OFF, List.of(), List.of(), Map.of());
  }

  /** The same as policies. */
  public PrivacyPolicies policies() {
    if (action == PrivacyAction.OFF && tenants.isEmpty()) {
      return PrivacyPolicies.OFF;
    }
    Map<String, PrivacyPolicy> byTenant = new HashMap<>();
    tenants.forEach(
        (name, tenant) ->
            byTenant.put(
                name,
                policy(
                    tenant.action().orElse(action),
                    tenant.kinds().isEmpty() ? kinds : tenant.kinds())));
    return new PrivacyPolicies(policy(action, kinds), byTenant);
  }

  private PrivacyPolicy policy(PrivacyAction of, List<PiiKind> found) {
    Set<PiiKind> wanted = found.isEmpty() ? EnumSet.allOf(PiiKind.class) : EnumSet.copyOf(found);
    return new PrivacyPolicy(of, new PiiDetector(wanted, Set.copyOf(names)));
  }
}
