package dev.serai.gateway.edge.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys from PEM files (RFC 7468). Stateless. */
final class PemFiles {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PemFiles() {}

  /**
   * The bytes of a file.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static byte[] read(Path file) {
    try {
      if (Files.size(file) <= MAX_BYTES) {
        return Files.readAllBytes(file);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the file " + file + " cannot be read", e);
    }
    throw new IllegalArgumentException("the file " + file + " is too large");
  }

  /**
   * The certificates in a file.
   *
   * @throws IllegalArgumentException if there are none
   */
  static X509Certificate[] certificates(Path file, byte[] pem) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found.toArray(X509Certificate[]::new);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the file " + file + " has no valid certificate", e);
    }
    throw new IllegalArgumentException("the file " + file + " has no certificate");
  }

  /**
   * The private key in a file.
   *
   * @param certificate whose key it must be
   * @throws IllegalArgumentException if it is not; the message shows nothing of the key
   */
  static PrivateKey key(Path file, byte[] pem, X509Certificate certificate) {
    Matcher block = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new IllegalArgumentException(
          "the file "
              + file
              + " has no private key in PKCS#8 without a password; convert it with: openssl pkcs8"
              + " -topk8 -nodes -in OLD -out NEW");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
      PrivateKey key =
          KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      if (belongs(key, certificate)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(notItsKey(file), e);
    }
    throw new IllegalArgumentException(notItsKey(file));
  }

  private static String notItsKey(Path file) {
    return "the private key in " + file + " is not that of the certificate";
  }

  private static boolean belongs(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (certificate.getPublicKey().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certificate.getPublicKey().getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(certificate.getEncoded());
    byte[] made = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(certificate.getEncoded());
    return signature.verify(made);
  }
}
