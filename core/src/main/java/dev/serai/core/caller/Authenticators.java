package dev.serai.core.caller;

import java.util.List;

/** Asks several sources in order; the first that knows a credential decides. Thread-safe. */
public final class Authenticators implements Authenticator {
  private final List<Authenticator> sources;

  public Authenticators(List<? extends Authenticator> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public Authentication authenticate(Credential credential) {
    for (Authenticator source : sources) {
      Authentication said = source.authenticate(credential);
      if (!(said instanceof Authentication.Unknown)) {
        return said;
      }
    }
    return Authentication.UNKNOWN;
  }

  @Override
  public boolean hasCredentials() {
    for (Authenticator source : sources) {
      if (source.hasCredentials()) {
        return true;
      }
    }
    return false;
  }
}
