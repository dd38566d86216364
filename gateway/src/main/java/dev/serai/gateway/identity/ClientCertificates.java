package dev.serai.gateway.identity;

import dev.serai.core.caller.Authentication;
import dev.serai.core.caller.Authenticator;
import dev.serai.core.caller.Credential;
import dev.serai.core.caller.Identity;
import java.util.Map;

/** Finds identities by the names in client certificates, which TLS has verified. Thread-safe. */
public final class ClientCertificates implements Authenticator {
  private volatile Map<String, Identity> byName = Map.of();
  private volatile boolean used;

  /**
   * Replaces all names by these.
   *
   * @param names as URI=, DNS= or CN=
   */
  public void replace(Map<String, Identity> names) {
    byName = Map.copyOf(names);
    used |= !names.isEmpty();
  }

  @Override
  public Authentication authenticate(Credential credential) {
    if (credential instanceof Credential.Certificate certificate) {
      Map<String, Identity> known = byName;
      for (String name : certificate.names()) {
        Identity found = known.get(name);
        if (found != null) {
          return new Authentication.Authenticated(found);
        }
      }
    }
    return Authentication.UNKNOWN;
  }

  @Override
  public boolean hasCredentials() {
    return used;
  }
}
