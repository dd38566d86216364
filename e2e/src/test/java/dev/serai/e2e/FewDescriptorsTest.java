package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process whose file descriptors are used up keeps what it has, and recovers. */
@Tag("load")
@EnabledOnOs(OS.LINUX)
class FewDescriptorsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A class path takes a descriptor for each of its archives. */
  private static final int DESCRIPTORS =
      400 + System.getProperty("java.class.path").split(":").length;

  @TempDir Path folder;

  @Test
  void callsGoOnProvidersStayAndNewConnectionsAreServedAfterwards() throws Exception {
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.start(
                folder, RunningGateway.in(folder).providersAt(provider.url()), DESCRIPTORS);
        Caller caller = new Caller(gateway.url());
        Connected connected = new Connected(gateway.port())) {
      String providers = connected.get("/v1/providers");
      try (BufferedReader running =
          new BufferedReader(new InputStreamReader(caller.open("openai/long-stream"), UTF_8))) {
        goesOn(running);
        assertThat(connected.chat("openai/text")).as("opens a connection").contains("Hello");
        useUp(gateway, connected, providers, running);
        goesOn(running);
      }
      recovers(gateway);
    }
  }

  private void useUp(
      GatewayProcess gateway, Connected connected, String providers, BufferedReader running)
      throws IOException {
    try (Crowd crowd = Crowd.at(gateway.port())) {
      crowd.come(DESCRIPTORS, new byte[0]); // those without a descriptor wait in the backlog
      Until.holds(
          SOON,
          "the folders of routes cannot be read",
          () -> log().contains("what it served before keeps serving"));
      goesOn(running);
      assertThat(connected.get("/health/ready")).contains("\"ready\"");
      assertThat(connected.chat("openai/text")).as("over the same one").contains("Hello");
      assertThat(connected.chat("anthropic/text"))
          .as("needs a connection of its own, and is answered at once")
          .contains("The gateway has no free connection to the provider 'anthropic'.");
      assertThat(names(connected.get("/v1/providers"))).isEqualTo(names(providers));
    }
  }

  private static void goesOn(BufferedReader running) throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(running.readLine()).isNotNull().doesNotContain("error");
    }
  }

  private static void recovers(GatewayProcess gateway) {
    try (Caller late = new Caller(gateway.url())) {
      assertThat(late.chat("anthropic/text").status()).isEqualTo(200);
      assertThat(late.get("/health/ready").body()).doesNotContain("failing", "unavailable");
      Until.holds(
          SOON,
          "all calls are in the ledger",
          () -> late.get("/v1/usage/summary").json().at("/total/requests").asInt() == 5);
      assertThat(late.get("/metrics").body().lines().filter(l -> l.startsWith("serai_thread_up")))
          .isNotEmpty()
          .allMatch(line -> line.endsWith(" 1") || line.endsWith(" 1.0"));
    }
  }

  private static String names(String providers) {
    StringBuilder names = new StringBuilder();
    Caller.parse(providers)
        .path("data")
        .forEach(p -> names.append(p.path("name").asText()).append(' '));
    assertThat(names).contains("openai ", "anthropic ");
    return names.toString();
  }

  private String log() {
    return RunningGateway.log(folder);
  }

  /** A client whose connection is open: it needs no further descriptor. */
  private static final class Connected implements AutoCloseable {
    private final Socket socket;

    Connected(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) SOON.toMillis());
    }

    String get(String path) {
      return reply("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    String chat(String model) {
      String body = Caller.body(model, false);
      return reply(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    private String reply(String request) {
      try {
        socket.getOutputStream().write(request.getBytes(UTF_8));
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
          int next = in.read();
          if (next < 0) {
            throw new EOFException("after " + head.toString(UTF_8));
          }
          head.write(next);
        }
        String length =
            head.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("content-length: "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(head.toString(UTF_8)));
        byte[] body =
            in.readNBytes(Integer.parseInt(length.substring("content-length: ".length())));
        return new String(body, UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
