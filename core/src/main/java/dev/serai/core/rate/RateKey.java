package dev.serai.core.rate;

import java.util.Locale;

/**
 * Whose window it is. Immutable.
 *
 * @param tenant the tenant of a team, user or key; empty for other scopes
 * @param name the name within the scope; empty for the gateway
 */
public record RateKey(Scope scope, String tenant, String name, Window window) {
  /** What a limit belongs to. */
  public enum Scope {
    /** All calls of this gateway. */
    GATEWAY,
    TENANT,
    TEAM,
    USER,
    KEY,
    /** A model by the name that callers use, or by {@code provider/model}. */
    MODEL,
    PROVIDER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in messages, headers and metrics. */
    public String label() {
      return label;
    }
  }
}
