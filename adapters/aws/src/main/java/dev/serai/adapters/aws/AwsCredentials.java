package dev.serai.adapters.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * Credentials of AWS.
 *
 * @param sessionToken the token of temporary credentials
 * @param expiration when they expire; empty if that is unknown
 */
public record AwsCredentials(
    String accessKeyId,
    String secretAccessKey,
    Optional<String> sessionToken,
    Optional<Instant> expiration) {

  /** Without the secrets. */
  @Override
  public String toString() {
    return "AwsCredentials[" + expiration.map(e -> "until " + e).orElse("lasting") + "]";
  }
}
