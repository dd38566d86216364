package dev.serai.core.caller;

/** What a request presents to show who makes it. Immutable. */
public sealed interface Credential {
  /** Where a secret stands in a request. */
  enum Kind {
    /** In a field for API keys, such as {@code x-api-key}. */
    API_KEY,
    /** In {@code Authorization: Bearer}: an API key or a token. */
    BEARER
  }

  /**
   * A secret that the request contains as it is.
   *
   * @param secret the API key or the token; not empty
   */
  record Secret(Kind kind, String secret) implements Credential {
    /** Never the secret. */
    @Override
    public String toString() {
      return kind.toString();
    }
  }
}
