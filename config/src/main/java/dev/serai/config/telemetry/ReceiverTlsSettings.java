package dev.serai.config.telemetry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Certificates for a receiver with https, as PEM files.
 *
 * @param certificate CA certificates that the receiver's certificate is checked against; if absent,
 *     those that the JVM trusts
 * @param clientKey the gateway's own private key, for a receiver that requires client certificates
 * @param clientCertificate the certificate of that key
 */
public record ReceiverTlsSettings(
    Optional<Path> certificate, Optional<Path> clientKey, Optional<Path> clientCertificate) {

  /**
   * @throws IllegalArgumentException if the client has a key or a certificate without the other
   */
  public ReceiverTlsSettings {
    if (clientKey.isPresent() != clientCertificate.isPresent()) {
      throw new IllegalArgumentException("clientKey and clientCertificate must be set together");
    }
  }

  /** The same files, those with a relative path in that folder. */
  ReceiverTlsSettings under(Path folder) {
    return new ReceiverTlsSettings(
        certificate.map(folder::resolve),
        clientKey.map(folder::resolve),
        clientCertificate.map(folder::resolve));
  }

  /** The CA certificates of the JVM and no client certificate. */
  public static ReceiverTlsSettings defaults() {
    return new ReceiverTlsSettings(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
