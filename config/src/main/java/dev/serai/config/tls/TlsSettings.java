package dev.serai.config.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS on the public port, from PEM files that are read again when they change.
 *
 * @param certificate the server's certificate, followed by those of the authorities between it and
 *     the root; with it and key, the port speaks HTTPS only
 * @param key the private key of that certificate, PKCS#8 without a password
 * @param clientCa certificates of the authorities that sign the certificates of clients
 * @param clientAuth whether clients show a certificate: none, want for those that have one, or
 *     require
 */
public record TlsSettings(
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> clientCa,
    ClientAuth clientAuth) {
  /** Whether clients show a certificate. */
  public enum ClientAuth {
    NONE,
    WANT,
    REQUIRE
  }

  /**
   * @throws IllegalArgumentException if a certificate, its key, or the CA of clients is missing
   */
  public TlsSettings {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("certificate and key must be set together");
    }
    if (clientAuth != ClientAuth.NONE && (certificate.isEmpty() || clientCa.isEmpty())) {
      throw new IllegalArgumentException("clientAuth needs certificate, key and client_ca");
    }
  }

  /** No TLS. */
  public static TlsSettings defaults() {
    return new TlsSettings(Optional.empty(), Optional.empty(), Optional.empty(), ClientAuth.NONE);
  }

  /** Whether the port speaks HTTPS. */
  public boolean isOn() {
    return certificate.isPresent();
  }
}
