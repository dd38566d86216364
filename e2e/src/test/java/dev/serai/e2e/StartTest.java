package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while the gateway starts: between the first that it does and the first answer. */
class StartTest {
  @TempDir Path folder;

  @Test
  void aCallThatComesTooEarlyIsAskedToRetryAndItsModelIsNotReportedAsUnknown() throws Exception {
    int port = freePort();
    try (CassetteServer provider = CassetteServer.start();
        GatewayProcess gateway =
            GatewayProcess.begin(
                folder,
                RunningGateway.in(folder)
                    .providersAt(provider.url())
                    .with("SERVER_PORT", Integer.toString(port)));
        Caller caller = new Caller("http://127.0.0.1:" + port)) {
      List<Caller.Reply> replies = new ArrayList<>();
      Until.holds(
          Duration.ofSeconds(60),
          "answered",
          () -> isOpen(port) && isServed(caller.chat("anthropic/text"), replies));
      assertThat(replies.removeLast().content()).as(gateway.output()).isNotEmpty();
      assertThat(replies).allSatisfy(StartTest::saysToComeAgain);
    }
  }

  private static boolean isServed(Caller.Reply reply, List<Caller.Reply> replies) {
    replies.add(reply);
    return reply.status() == 200;
  }

  private static void saysToComeAgain(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(503);
    assertThat(reply.header("retry-after")).isEqualTo("1");
    assertThat(reply.json().at("/error/code").asText()).isEqualTo("starting");
  }

  @Test
  void aGatewayThatIsStoppedDuringItsStartStopsSoonAndWithoutAnError() throws Exception {
    int port = freePort();
    RunningGateway.Plan plan =
        RunningGateway.in(folder).with("SERVER_PORT", Integer.toString(port));
    try (GatewayProcess gateway = GatewayProcess.begin(folder, plan)) {
      Until.holds(Duration.ofSeconds(60), "listening", () -> isOpen(port));
      gateway.terminate();
      assertThat(gateway.awaitEnd(Duration.ofSeconds(15))).isIn(0, 143);
      assertThat(gateway.output()).doesNotContain("Exception");
    }
  }

  @Test
  void withJsonLinesNothingButJsonIsPrinted() throws Exception {
    RunningGateway.Plan plan =
        RunningGateway.in(folder)
            .with("LOG_FILE", "")
            .with("LOG_FORMAT", "json")
            .with("LOG_LEVEL", "trace");
    try (GatewayProcess gateway = GatewayProcess.start(folder, plan);
        Caller caller = new Caller(gateway.url())) {
      assertThat(caller.chat("persona/guide").status()).isEqualTo(200);
      Caller.Reply root = caller.get("/");
      assertThat(root.status()).isEqualTo(302);
      assertThat(root.header("location")).isEqualTo("/docs");
      gateway.terminate();
      assertThat(gateway.awaitEnd(Duration.ofSeconds(30))).isIn(0, 143);
      assertThat(gateway.output().lines()).isNotEmpty().allMatch(StartTest::isObject);
      assertThat(gateway.output()).contains("\"call\"").doesNotContain("Hello");
    }
  }

  @Test
  void withJsonLinesAStartThatFailsSaysWhyInJson() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RunningGateway.Plan plan =
          RunningGateway.in(folder)
              .with("LOG_FILE", "")
              .with("LOG_FORMAT", "json")
              .with("SERVER_PORT", Integer.toString(taken.getLocalPort()));
      try (GatewayProcess gateway = GatewayProcess.begin(folder, plan)) {
        assertThat(gateway.awaitEnd(Duration.ofSeconds(60))).isEqualTo(1);
        assertThat(gateway.output().lines()).isNotEmpty().allMatch(StartTest::isObject);
        assertThat(gateway.output()).contains("cannot listen on");
      }
    }
  }

  @Test
  void aHostWithoutAnAddressIsNamedWithItsSettings() throws Exception {
    RunningGateway.Plan plan = RunningGateway.in(folder).with("SERVER_HOST", "300.1.1.1");
    try (GatewayProcess gateway = GatewayProcess.begin(folder, plan)) {
      assertThat(gateway.awaitEnd(Duration.ofSeconds(60))).isEqualTo(2);
      assertThat(gateway.output())
          .contains("environment variable SERVER_HOST: 300.1.1.1 is neither an IP address nor")
          .contains("the name of a host that has one; set it to 127.0.0.1");
    }
  }

  private static boolean isObject(String line) {
    return Caller.parse(line).isObject();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isOpen(int port) {
    try {
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }
}
