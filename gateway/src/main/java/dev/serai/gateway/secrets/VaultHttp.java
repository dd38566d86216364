package dev.serai.gateway.secrets;

import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.secret.SecretException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Sends requests to Vault, one connection each, since there are few. No redirect is followed: it
 * could take the token to another host. Thread-safe; it blocks for at most the timeout.
 */
final class VaultHttp {
  private static final int MAX_REPLY_BYTES = 1024 * 1024;

  private final VaultAccess access;
  private final Duration timeout;

  /**
   * @param timeout of a request, with its reply
   */
  VaultHttp(VaultAccess access, Duration timeout) {
    this.access = access;
    this.timeout = timeout;
  }

  /** A request to a path of the API, with what every request of a client has. */
  HttpRequest.Builder request(String path) throws SecretException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(access.address() + "/v1/" + path))
            .timeout(timeout)
            .header("X-Vault-Request", "true");
    return access.namespace().isEmpty()
        ? request
        : with(request, "X-Vault-Namespace", access.namespace().get());
  }

  /** Adds a field of the header. The client's own error would show the value, which is secret. */
  static HttpRequest.Builder with(HttpRequest.Builder request, String name, String value)
      throws SecretException {
    try {
      return request.header(name, value);
    } catch (IllegalArgumentException e) {
      throw new SecretException(
          "what "
              + name
              + " is to have contains a line break or another character that it cannot have;"
              + " correct the variable or its file");
    }
  }

  /**
   * Sends a request.
   *
   * @throws SecretException if there is no reply in time
   */
  HttpResponse<byte[]> send(HttpRequest request) throws SecretException {
    try (HttpClient http = client()) {
      CompletableFuture<HttpResponse<byte[]>> reply =
          http.sendAsync(
              request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_REPLY_BYTES));
      try {
        return reply.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        reply.cancel(true);
        http.shutdownNow();
      }
    } catch (TimeoutException e) {
      throw unreachable(late());
    } catch (ExecutionException e) {
      throw unreachable(
          switch (e.getCause()) {
            case HttpTimeoutException _ -> late();
            case ConnectException _ -> "cannot be reached";
            case null, default -> "cannot be used: " + FailureText.of(e);
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("was not waited for, since the gateway stops");
    }
  }

  private String late() {
    return "did not reply within " + timeout.toMillis() + " ms";
  }

  private Unreachable unreachable(String what) {
    return new Unreachable(
        access.address() + " " + what + "; check VAULT_ADDR, and VAULT_CACERT if it has TLS");
  }

  /** Vault itself cannot be used, whatever is asked for. */
  static final class Unreachable extends SecretException {
    private static final long serialVersionUID = 1L;

    Unreachable(String why) {
      super(why);
    }
  }

  private HttpClient client() throws SecretException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    if (access.authority().isPresent()) {
      client.sslContext(trusting(access.authority().get()));
    }
    return client.build();
  }

  private static SSLContext trusting(Path certificates) throws SecretException {
    try (InputStream in = Files.newInputStream(certificates)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("vault-" + count++, one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new SecretException(
          "the certificates in VAULT_CACERT cannot be used: "
              + FailureText.of(e)
              + "; name a file of PEM certificates");
    }
  }
}
