package dev.serai.adapters.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * A key of AWS.
 *
 * @param sessionToken comes with temporary keys
 * @param expiration from when AWS refuses it; empty if that is not known
 */
public record AwsCredentials(
    String accessKeyId,
    String secretAccessKey,
    Optional<String> sessionToken,
    Optional<Instant> expiration) {

  /** Not a word of the secrets. */
  @Override
  public String toString() {
    return "AwsCredentials[" + expiration.map(e -> "until " + e).orElse("lasting") + "]";
  }
}
