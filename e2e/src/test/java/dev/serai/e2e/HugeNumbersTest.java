package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.e2e.provider.ScriptedProvider;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that no program can calculate with, in requests and in replies of a provider. */
class HugeNumbersTest {
  private static final String HUGE = "1e99999999999999999999";
  private static final String CHAT =
      "{\"model\": \"openai/small\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]";

  @TempDir static Path folder;
  private static ScriptedProvider openai;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    openai = ScriptedProvider.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(openai.url())
            .settings("retry: {max_attempts: 1}\n")
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    openai.close();
  }

  private static void play(int status, String body) {
    String text = body.replace("\"", "\\\"");
    openai.play(List.of(Caller.parse("{\"status\": " + status + ", \"text\": \"" + text + "\"}")));
  }

  @ParameterizedTest
  @CsvSource({
    "400,/v1/chat/completions",
    "500,/v1/chat/completions",
    "400,/v1/messages",
    "500,/v1/responses",
    "400,/api/chat"
  })
  void anErrorOfAProviderWithOneEndsTheCall(int status, String path) {
    play(status, "{\"error\": {\"message\": \"no\", \"code\": " + HUGE + "}}");
    String content =
        path.endsWith("responses") ? "\"input\": \"hi\"" : CHAT.substring(CHAT.indexOf("\"mess"));
    Caller.Reply reply =
        caller.post(
            path,
            "{\"model\": \"openai/small\", \"stream\": false, \"max_tokens\": 9, " + content + "}");
    assertThat(reply.status()).as(reply.body()).isBetween(400, 502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/messages"})
  void aResponseWithOneEndsTheCall(String path) {
    play(
        200,
        "{\"id\": \"c\", \"created\": "
            + HUGE
            + ", \"model\": \"small\", \"choices\": [{\"index\": 0, \"message\": {\"role\":"
            + " \"assistant\", \"content\": \"ok\"}, \"finish_reason\": \"stop\"}]}");
    Caller.Reply reply = caller.post(path, CHAT + ", \"max_tokens\": 9}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(502);
    assertThat(reply.body()).contains("cannot be read: expected an exponent of at most 4 digits");
  }

  @Test
  void aRequestWithOneIsRefused() {
    for (String member :
        List.of(
            "\"serai\": {\"routing\": {\"min_context_length\": " + HUGE + "}}",
            "\"temperature\": " + HUGE,
            "\"top_p\": 1E-99999999999")) {
      Caller.Reply reply = caller.post("/v1/chat/completions", CHAT + ", " + member + "}");
      assertThat(reply.status()).as(reply.body()).isEqualTo(400);
      assertThat(reply.body()).contains("an exponent of at most 4 digits");
    }
    assertThat(caller.post("/v1/routes/explain", CHAT + ", \"seed\": " + HUGE + "}").status())
        .isEqualTo(400);
  }
}
