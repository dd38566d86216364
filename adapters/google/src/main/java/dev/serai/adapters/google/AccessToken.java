package dev.serai.adapters.google;

import java.time.Instant;
import java.util.Optional;

/**
 * An access token.
 *
 * @param authorization the value of the header field: {@code Bearer} and the token
 * @param expires when the token expires
 * @param quotaProject the project that pays for the requests of a user, if the credentials name one
 */
record AccessToken(String authorization, Instant expires, Optional<String> quotaProject) {
  /** Contains no secret. */
  @Override
  public String toString() {
    return "AccessToken[until " + expires + "]";
  }
}
