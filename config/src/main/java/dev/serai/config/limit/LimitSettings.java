package dev.serai.config.limit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits of requests, tokens and concurrent calls. A call counts against all that apply to it, and
 * a call that one of them refuses counts against none. Changes apply while Serai runs.
 *
 * @param keys limits of each API key, for windows without a limit of the key's own. Callers of a
 *     gateway without keys count as one key. The default is 50 requests per second
 * @param gateway limits of all calls together; beyond them calls get 503
 * @param tenants limits of tenants, by name
 * @param teams limits of teams, by {@code tenant/team}
 * @param users limits of users, by {@code tenant/user}
 * @param models limits of models, by the name that callers use, or by {@code provider/model}, for
 *     which a call with other candidates tries the next one
 * @param providers limits of providers, by name; a call with other candidates tries the next one
 */
public record LimitSettings(
    RateSettings keys,
    RateSettings gateway,
    Map<String, RateSettings> tenants,
    Map<String, RateSettings> teams,
    Map<String, RateSettings> users,
    Map<String, RateSettings> models,
    Map<String, RateSettings> providers) {
  public LimitSettings {
    tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
    teams = Collections.unmodifiableMap(new LinkedHashMap<>(teams));
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
  }

  /** 50 requests per second for each key, nothing else. */
  public static LimitSettings defaults() {
    return new LimitSettings(
        new RateSettings(50, 0, 0, 0, 0, 0, 0, 0, 0),
        RateSettings.defaults(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
