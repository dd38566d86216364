package dev.serai.core.provider.credential;

/** What a request to store a key of a provider says. Immutable. */
public record CredentialRequest(String provider, String key) {
  /** Without the key. */
  @Override
  public String toString() {
    return "CredentialRequest " + provider;
  }
}
