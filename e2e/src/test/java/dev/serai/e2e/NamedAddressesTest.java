package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway connects to its providers, and to no address that a caller or a reply names. */
class NamedAddressesTest {
  @TempDir static Path folder;

  /** A server that nothing may connect to. */
  private static ServerSocket trap;

  private static CassetteServer provider;
  private static HttpServer redirecting;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() throws IOException {
    trap = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    trap.setSoTimeout(1);
    provider = CassetteServer.start();
    redirecting = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    redirecting.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", trapped("/v1/chat/completions"));
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    redirecting.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("GROQ_API_KEY", RunningGateway.CANARY)
            .with("GROQ_BASE_URL", "http://127.0.0.1:" + redirecting.getAddress().getPort())
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() throws IOException {
    caller.close();
    gateway.close();
    redirecting.stop(0);
    provider.close();
    trap.close();
  }

  private static String trapped(String path) {
    return "http://127.0.0.1:" + trap.getLocalPort() + path;
  }

  private static void noConnectionReachesTheTrap() throws IOException {
    try (Socket led = trap.accept()) {
      throw new AssertionError(
          "led to the trap: " + new String(led.getInputStream().readNBytes(64), US_ASCII));
    } catch (SocketTimeoutException e) {
      assertThat(trap.isBound()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai/text", "anthropic/text", "gemini/text", "ollama/text"})
  void anAddressInARequestIsNotFetched(String model) throws IOException {
    String image =
        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + trapped("/image.png") + "\"}}";
    String file = "{\"type\":\"file\",\"file\":{\"file_data\":\"" + trapped("/a.pdf") + "\"}}";
    for (String part : new String[] {image, file}) {
      Caller.Reply reply =
          caller.post(
              "{\"model\":\""
                  + model
                  + "\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},"
                  + part
                  + "]}],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{\"$ref\":\""
                  + trapped("/schema.json")
                  + "\"}}}}");
      assertThat(reply.status()).as(reply.body()).isLessThan(500);
    }
    noConnectionReachesTheTrap();
  }

  @Test
  void aCallerCannotNameTheProvidersAddress() throws IOException {
    String body = Caller.body("openai/text", false);
    String fields =
        "\"base_url\":\"%s\",\"api_base\":\"%s\",\"url\":\"%s\",".replace("%s", trapped("/v1"));
    Caller.Reply reply = caller.post("{" + fields + body.substring(1));
    assertThat(reply.status()).as(reply.body()).isLessThan(500);
    noConnectionReachesTheTrap();
  }

  @Test
  void aRedirectOfAProviderIsAFailureAndNotFollowed() throws IOException {
    Caller.Reply reply = caller.chat("groq/llama-3.3-70b-versatile");
    assertThat(reply.status()).as(reply.body()).isGreaterThanOrEqualTo(400);
    assertThat(reply.body()).doesNotContain("127.0.0.1");
    noConnectionReachesTheTrap();
  }
}
