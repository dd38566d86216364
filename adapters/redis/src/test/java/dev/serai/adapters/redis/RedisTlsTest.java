package dev.serai.adapters.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.net.RedisAddress;
import dev.serai.core.rate.shared.RateExchange.Count;
import dev.serai.core.rate.shared.RateExchange.Reply;
import dev.serai.core.rate.shared.RateExchange.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis over TLS. The JVM trusts what an operator has put into its trust store. */
class RedisTlsTest {
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "of-redis-canary";
  private static final Report REPORT = new Report("one", 1, List.of(new Count("window", 1, 1, 0)));

  @TempDir static Path folder;
  private static Certificate good;
  private static Certificate misnamed;
  private static Certificate unknown;

  @BeforeAll
  static void trust() throws Exception {
    good = new Certificate(folder.resolve("good"), "ip:127.0.0.1");
    misnamed = new Certificate(folder.resolve("misnamed"), "dns:redis.example");
    unknown = new Certificate(folder.resolve("unknown"), "ip:127.0.0.1");
    Path store = folder.resolve("trust.p12");
    Certificate.trustStore(store, good, misnamed);
    System.setProperty(STORE, store.toString());
    System.setProperty(STORE + "Password", Certificate.PASSWORD);
  }

  @AfterAll
  static void trustAsBefore() {
    System.clearProperty(STORE);
    System.clearProperty(STORE + "Password");
  }

  @Test
  void aRedisWhoseCertificateIsTrustedIsUsedWithItsPassword() throws Exception {
    int port = freePort();
    String[] tls = {
      "--tls-port",
      Integer.toString(port),
      "--tls-auth-clients",
      "no",
      "--requirepass",
      PASSWORD,
      "--tls-cert-file",
      good.certificate().toString(),
      "--tls-key-file",
      good.key().toString(),
      "--tls-ca-cert-file",
      good.certificate().toString()
    };
    try (RedisServer _ = RedisServer.start(folder.resolve("redis"), tls);
        RedisRates rates = new RedisRates(address(port), "test")) {
      assertThat(exchange(rates).taken()).containsExactly(1.0);
    }
  }

  /** The first handshake of a loaded machine may be slower than an exchange may take. */
  private static Reply exchange(RedisRates rates) throws IOException {
    IOException last = new IOException("not tried");
    for (int i = 0; i < 60; i++) {
      try {
        return rates.exchange(REPORT);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  @Test
  void nothingIsSentToARedisWhoseCertificateIsNotTrusted() throws Exception {
    assertThat(sentTo(unknown)).isEqualTo(-1);
  }

  @Test
  void nothingIsSentToARedisWhoseCertificateHasAnotherName() throws Exception {
    assertThat(sentTo(misnamed)).isEqualTo(-1);
  }

  /** The first byte that the server gets over TLS, or -1. */
  private static int sentTo(Certificate certificate) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server =
            certificate.server().getServerSocketFactory().createServerSocket(0, 1, loopback);
        RedisRates rates = new RedisRates(address(server.getLocalPort()), "test")) {
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> firstByte(server));
      assertThatThrownBy(() -> rates.exchange(REPORT))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Redis at 127.0.0.1:")
          .hasMessageNotContaining(PASSWORD);
      return first.get(60, TimeUnit.SECONDS);
    }
  }

  private static int firstByte(ServerSocket server) {
    try (Socket client = server.accept()) {
      return client.getInputStream().read();
    } catch (IOException _) { // the client has refused the certificate
      return -1;
    }
  }

  private static RedisAddress address(int port) {
    return RedisAddress.parse("rediss://:" + PASSWORD + "@127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
