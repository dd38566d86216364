package dev.serai.config.check.auth;

import dev.serai.config.auth.AuthSettings;
import dev.serai.config.auth.CallerKey;
import dev.serai.config.check.Findings;
import dev.serai.core.keys.KeyHasher;
import java.util.List;

/** Checks who may call: roles, API keys, the issuers of tokens and the login. Stateless. */
public final class AuthCheck {
  private AuthCheck() {}

  /**
   * Every key of the settings that can be used; mistakes of roles, keys, issuers and the login are
   * reported.
   */
  public static List<CallerKey> keys(AuthSettings settings, Findings findings) {
    RoleCheck roles = new RoleCheck(settings, findings);
    List<CallerKey> keys = new KeyCheck(findings, KeyHasher.ofProcess(), roles).keys(settings);
    new IssuerCheck(findings, roles).check(settings.issuers(), keys);
    new LoginCheck(findings).check(settings);
    return keys;
  }
}
