package dev.serai.config.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds keys of providers that were copied with something around them, or belong to another vendor.
 * Pure; the messages do not repeat the key.
 */
public final class KeyForm {
  private static final Pattern QUOTED = Pattern.compile("([\"'`]).+\\1");
  private static final Pattern SCHEME = Pattern.compile("(?i)(?:bearer|basic|apikey|token)\\s.*");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?[A-Z][A-Z0-9]*_[A-Z0-9_]+=[^=].*");

  /**
   * What only the keys of one vendor begin with, as its documentation shows them, and the providers
   * that take such keys.
   */
  private static final Map<String, Set<String>> VENDORS = new LinkedHashMap<>();

  static {
    VENDORS.put("sk-ant-", Set.of("anthropic"));
    VENDORS.put("sk-or-", Set.of("openrouter"));
    VENDORS.put("sk-proj-", Set.of("openai"));
    VENDORS.put("gsk_", Set.of("groq"));
    VENDORS.put("xai-", Set.of("xai"));
    VENDORS.put("AIza", Set.of("gemini", "vertex"));
    VENDORS.put("tgp_v1_", Set.of("together"));
    VENDORS.put("AKIA", Set.of());
    VENDORS.put("ASIA", Set.of());
  }

  private KeyForm() {}

  /** Whether a key is in quotation marks. */
  public static boolean isQuoted(String key) {
    return QUOTED.matcher(key).matches();
  }

  /** What stands before a key and must be left out; empty if nothing does. */
  public static Optional<String> fault(String key) {
    if (SCHEME.matcher(key).matches()) {
      return Optional.of("begins with an authentication scheme, which Serai adds; leave it out");
    }
    return ASSIGNMENT.matcher(key).matches()
        ? Optional.of("begins with the name of a variable; write what is behind the =")
        : Optional.empty();
  }

  /** Why a provider at the address of its vendor does not take a key; empty if it may. */
  public static Optional<String> foreign(Provider provider, String key) {
    Optional<String> usual = KnownProvider.find(provider.name()).flatMap(KnownProvider::baseUrl);
    if (usual.isEmpty() || !usual.equals(provider.baseUrl())) {
      return Optional.empty();
    }
    return VENDORS.entrySet().stream()
        .filter(vendor -> key.startsWith(vendor.getKey()))
        .filter(vendor -> !vendor.getValue().contains(provider.name()))
        .findFirst()
        .map(vendor -> "begins with " + vendor.getKey() + whose(vendor.getValue()));
  }

  private static String whose(Set<String> providers) {
    return providers.isEmpty()
        ? " as an access key ID of AWS does; that is half of another credential"
        : " as keys of " + String.join(" and ", providers) + " do";
  }
}
