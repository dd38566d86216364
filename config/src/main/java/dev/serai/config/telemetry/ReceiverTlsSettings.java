package dev.serai.config.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates for a receiver that is reached by https. Files in PEM.
 *
 * @param certificate who is trusted to have signed the receiver's; else whom the JVM trusts
 * @param clientKey the gateway's own key, where the receiver wants to know who sends
 * @param clientCertificate the certificate of that key
 */
public record ReceiverTlsSettings(
    Optional<Path> certificate, Optional<Path> clientKey, Optional<Path> clientCertificate) {

  public ReceiverTlsSettings {
    if (clientKey.isPresent() != clientCertificate.isPresent()) {
      throw new IllegalArgumentException("clientKey and clientCertificate belong together");
    }
  }

  /** Whom the JVM trusts, and no certificate of the gateway's own. */
  public static ReceiverTlsSettings defaults() {
    return new ReceiverTlsSettings(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
