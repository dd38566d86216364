package dev.serai.config.read;

import java.util.Set;

/** Says what to do about keys that a part of the settings does not have. */
final class UnknownKeys {
  private static final String LIMITS = "limits";
  private static final String KEYS = LIMITS + ".keys";
  private static final Set<String> STRATEGIES = Set.of("strategy", "routing_strategy");

  private UnknownKeys() {}

  /**
   * The message about a key.
   *
   * @param path of the part; empty for the file
   * @param value what is written under the key
   * @param allowed the keys that the part has
   */
  static String message(String path, String key, Node value, Set<String> allowed) {
    String meant =
        OtherKeys.place(key)
            .map(place -> place.substring(place.lastIndexOf('.') + 1))
            .filter(allowed::contains)
            .or(() -> Names.closestSetting(key, allowed))
            .map(known -> "did you mean " + known + "? ")
            .orElse("");
    String where = path.isEmpty() ? "at the top" : "in " + path;
    return "unknown key; "
        + meant
        + "allowed "
        + where
        + ": "
        + String.join(", ", allowed)
        + (meant.isEmpty() ? here(key, allowed) : "")
        + elsewhere(path, key, value);
  }

  /** How the settings have what another program has under the key. */
  private static String here(String key, Set<String> allowed) {
    return OtherKeys.entryPrice(key, allowed)
        .or(() -> OtherKeys.place(key).map(place -> "; " + key + " is " + place + " here"))
        .orElse("");
  }

  /** Where the settings have what the key is probably meant to be. */
  private static String elsewhere(String path, String key, Node value) {
    if (path.equals(KEYS) && value instanceof Node.Mapping) {
      return "; limits of one key are in auth.keys[].limits";
    }
    if (STRATEGIES.contains(key)) {
      return "; the strategy of all models is general.routing_strategy, that of an alias is"
          + " models.NAME.strategy, and that of a tenant is routing.tenants.NAME.strategy";
    }
    boolean rate = key.startsWith("requests_") || key.contains("tokens_") || key.equals("burst");
    return path.equals(LIMITS) && rate
        ? "; limits of each key are in limits.keys, those of all calls in limits.gateway"
        : "";
  }
}
