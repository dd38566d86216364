package dev.serai.core.caller;

/**
 * A source of identities, such as API keys or the tokens of an issuer. Called on the event loop for
 * every request, before its body is read: it looks into memory only, and never blocks. Thread-safe.
 */
public interface Authenticator {
  /** Whose credential it is. */
  Authentication authenticate(Credential credential);

  /**
   * Whether any credential is set up. While no source has one, requests need none. A source whose
   * credentials were all revoked still counts as one that has some, so that the gateway stays
   * closed.
   */
  boolean hasCredentials();
}
