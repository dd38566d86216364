package dev.serai.adapters.redis;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate and its key, made by the JDK's keytool. */
final class Certificate {
  static final String PASSWORD = "of-the-store";

  private final KeyStore store;
  private final Path folder;

  /**
   * @param name the alternative name as keytool writes it, for example {@code ip:127.0.0.1}
   */
  Certificate(Path folder, String name) throws Exception {
    this.folder = Files.createDirectories(folder);
    Path file = folder.resolve("store.p12");
    keytool(file, name);
    store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
  }

  private static void keytool(Path file, String name) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-ext",
            "san=" + name,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  /** The certificate as a PEM file. */
  Path certificate() throws Exception {
    return pem("CERTIFICATE", store.getCertificate("server").getEncoded());
  }

  /** The key as a PEM file. */
  Path key() throws Exception {
    Key key = store.getKey("server", PASSWORD.toCharArray());
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private Path pem(String kind, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    return Files.writeString(folder.resolve(kind.replace(' ', '-') + ".pem"), pem);
  }

  /** TLS of a server that has it. */
  SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** Writes a trust store with these, whose password is {@link #PASSWORD}. */
  static void trustStore(Path file, Certificate... trusted) throws Exception {
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, null);
    for (int i = 0; i < trusted.length; i++) {
      all.setCertificateEntry("trusted-" + i, trusted[i].store.getCertificate("server"));
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      all.store(out, PASSWORD.toCharArray());
    }
  }
}
