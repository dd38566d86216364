package dev.serai.core.caller;

/** What a request presents to show who makes it. Immutable. */
public sealed interface Credential {
  /**
   * A secret that the request contains as it is.
   *
   * @param secret the API key or the token; not empty
   */
  record Secret(String secret) implements Credential {
    /** Never the secret. */
    @Override
    public String toString() {
      return "secret";
    }
  }
}
