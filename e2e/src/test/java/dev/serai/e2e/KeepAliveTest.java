package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers of each surface are sent while a model says nothing for a while. */
class KeepAliveTest {
  private static final String CHAT = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
  private static final String PACED = "{\"model\":\"openai/paced-3x400\",\"stream\":true,";

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .settings(ClientSettings.PATIENT)
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/chat/completions | : keep-alive
          /v1/completions      | : keep-alive
          /v1/responses        | : keep-alive
          /v1/messages         | event: ping
          """)
  void aSilentStreamSaysThatItLives(String path, String filler) throws Exception {
    String reply = post(path, PACED + body(path) + "}");
    assertThat(reply.lines().filter(filler::equals).count()).isGreaterThanOrEqualTo(4);
    assertThat(reply).contains("0 ", "1 ", "2 ");
    // Between events, never within one.
    assertThat(reply.replace("\n\n" + filler, "")).doesNotContain(": keep-alive");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/chat",
    "/v1beta/models/openai%2Fpaced-3x400:streamGenerateContent?alt=sse",
  })
  void clientsThatReadOverNothingAreSentNothing(String path) throws Exception {
    boolean gemini = path.startsWith("/v1beta");
    String reply =
        post(
            path,
            gemini ? "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}" : PACED + CHAT + "}");
    assertThat(reply).contains("2 ").doesNotContain("keep-alive", "ping");
  }

  private static String body(String path) {
    return switch (path) {
      case "/v1/completions" -> "\"prompt\":\"Hello\"";
      case "/v1/responses" -> "\"input\":\"Hello\"";
      case "/v1/messages" -> "\"max_tokens\":9," + CHAT;
      default -> CHAT;
    };
  }

  private static String post(String path, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway.url() + path))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      return reply.body();
    }
  }
}
