package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a response that a client's dialect cannot express are named. */
class DroppedResponsePartsTest {
  private static final Path RECORDED =
      Path.of(System.getProperty("serai.checkout", ".."))
          .resolve("adapters/dialects/src/test/resources/cassettes/gemini");

  private static final String[] UNTOLD = {
    "candidates.groundingMetadata",
    "candidates.content.parts.executableCode",
    "candidates.content.parts.codeExecutionResult",
    "candidates.content.parts.inlineData",
    "candidates.content.parts.fileData"
  };

  @TempDir static Path folder;
  private static HttpServer gemini;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() throws IOException {
    gemini = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gemini.createContext("/", DroppedResponsePartsTest::respond);
    gemini.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt("http://127.0.0.1:" + gemini.getAddress().getPort())
            .settings("serai: {strict: true}\n")
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    gemini.stop(0);
  }

  private static void respond(HttpExchange exchange) throws IOException {
    boolean stream = exchange.getRequestURI().getPath().endsWith(":streamGenerateContent");
    boolean image = exchange.getRequestURI().getPath().contains("-image");
    String name = image ? "picture" : "blocks-nobody-asked-for";
    String file = stream ? "streams/" + name + ".wire" : "answers/" + name + ".json";
    byte[] body = Files.readAllBytes(RECORDED.resolve(file));
    exchange.getRequestBody().readAllBytes();
    String type = stream ? "text/event-stream" : "application/json";
    exchange.getResponseHeaders().add("content-type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String[] inTheLedger(Caller.Reply reply) {
    String id = reply.header("x-request-id");
    return caller
        .get("/v1/usage/" + id)
        .json()
        .at("/attempts/0/dropped")
        .valueStream()
        .map(name -> name.asText())
        .toArray(String[]::new);
  }

  /** Strict or not: it has been paid for. */
  @Test
  void ofANonStreamingResponseItIsNamedInTheHeader() {
    Caller.Reply reply = caller.call("gemini/gemini-2.5-flash", false);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.content()).isEqualTo("It is 42.");
    assertThat(reply.header("x-serai-dropped").split(", ")).containsExactlyInAnyOrder(UNTOLD);
    assertThat(inTheLedger(reply)).containsExactlyInAnyOrder(UNTOLD);
  }

  @Test
  void ofAStreamItIsNamedInTheLedger() {
    Caller.Reply reply = caller.call("gemini/gemini-2.5-flash", true);
    assertThat(reply.isFinished()).as(reply.body()).isTrue();
    assertThat(reply.streamed()).isEqualTo("It is 42.");
    assertThat(reply.header("x-serai-dropped")).isEmpty();
    assertThat(inTheLedger(reply))
        .contains("candidates.content.parts.inlineData", "candidates.groundingMetadata");
  }

  @Test
  void anImageIsSentToClientsThatSupportItAndNamedToOthers() {
    Caller.Reply seen = caller.call("gemini/gemini-2.5-flash-image", false);
    assertThat(seen.json().at("/choices/0/message/images/0/image_url/url").asText())
        .isEqualTo("data:image/png;base64,iVBORw0KGgo=");
    assertThat(seen.header("x-serai-dropped")).isEmpty();
    for (boolean stream : new boolean[] {false, true}) {
      Caller.Reply unseen =
          caller.post(
              "/v1/messages",
              Caller.body("gemini/gemini-2.5-flash-image", stream)
                  .replaceFirst("\\{", "{\"max_tokens\":99,"));
      assertThat(unseen.status()).as(unseen.body()).isEqualTo(200);
      assertThat(unseen.body()).contains("Here:");
      assertThat(unseen.header("x-serai-dropped")).isEqualTo(stream ? "" : "message.images");
      assertThat(inTheLedger(unseen)).containsExactly("message.images");
    }
  }

  @Test
  void aCallerOfTheSameDialectReceivesEverything() throws IOException {
    Caller.Reply reply =
        caller.post(
            "/v1beta/models/gemini%2Fgemini-2.5-flash:generateContent",
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
    assertThat(reply.body())
        .isEqualTo(Files.readString(RECORDED.resolve("answers/blocks-nobody-asked-for.json")));
    assertThat(reply.header("x-serai-dropped")).isEmpty();
    assertThat(inTheLedger(reply)).isEmpty();
  }
}
