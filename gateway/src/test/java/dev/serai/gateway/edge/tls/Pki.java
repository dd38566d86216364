package dev.serai.gateway.edge.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate authority and what it has signed, made by the JDK's keytool. */
public final class Pki {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path folder;
  private final KeyStore keys;

  private Pki(Path folder, KeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  /** A certificate: its alias, its subject and its alternative name. */
  public record Wanted(String alias, String subject, String alternative) {}

  /** A new authority with the alias ca, and certificates that it signs. */
  public static Pki in(Path folder, Wanted... wanted) throws Exception {
    Path store = folder.resolve("keys.p12");
    keytool(store, List.of("-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c"));
    for (Wanted one : wanted) {
      List<String> options = new ArrayList<>(List.of("-alias", one.alias(), "-signer", "ca"));
      options.addAll(List.of("-dname", one.subject(), "-ext", "san=" + one.alternative()));
      keytool(store, options);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Files.delete(store);
    return new Pki(folder, keys);
  }

  private static void keytool(Path store, List<String> options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-validity",
                "30",
                "-storetype",
                "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(options);
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  /** A PEM file with the certificate of that alias. */
  public Path certificate(String alias) {
    try {
      return write(alias + ".crt", "CERTIFICATE", keys.getCertificate(alias).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A PEM file with the private key of that alias. */
  public Path key(String alias) {
    try {
      return write(alias + ".key", "PRIVATE KEY", keys.getKey(alias, PASSWORD).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Path write(String name, String kind, byte[] content) {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trusts the authority. */
  public X509TrustManager trust() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  /** A client that trusts the authority, and shows the certificate of an alias; empty for none. */
  public SSLContext client(String alias) throws Exception {
    KeyManagerFactory shown = null;
    if (!alias.isEmpty()) {
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      Certificate[] chain = {keys.getCertificate(alias)};
      own.setKeyEntry("own", keys.getKey(alias, PASSWORD), PASSWORD, chain);
      shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      shown.init(own, PASSWORD);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        shown == null ? null : shown.getKeyManagers(), new X509TrustManager[] {trust()}, null);
    return context;
  }
}
