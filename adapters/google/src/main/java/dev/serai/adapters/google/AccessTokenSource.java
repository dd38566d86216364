package dev.serai.adapters.google;

import java.time.Instant;
import java.util.Optional;

/** Credentials that can be exchanged for an access token. Thread-safe. */
sealed interface AccessTokenSource permits ServiceAccountKey, UserCredentials, MetadataServer {
  /** The scope of all tokens. */
  String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  /**
   * The request for a token. May take milliseconds.
   *
   * @throws NoTokenException if the credentials cannot be used
   */
  TokenRequest request(Instant now);

  /** What the credentials are, for messages: "the key in GOOGLE_APPLICATION_CREDENTIALS". */
  String label();

  /** The server that issues the tokens, for messages. */
  String server();

  /** That the server sent no reply, for messages. */
  default String noReply() {
    return server() + " did not reply for " + label();
  }

  /** The project that pays for the requests. */
  default Optional<String> quotaProject() {
    return Optional.empty();
  }
}
