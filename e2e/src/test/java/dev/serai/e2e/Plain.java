package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What every failure that a caller sees must be: our JSON, small, and nothing of the inside. */
final class Plain {
  private Plain() {}

  /** A non-streaming error in the format of OpenAI or Anthropic. */
  static void error(Caller.Answer answer) {
    refusal(answer);
    text(answer.body());
  }

  /** A non-streaming error in any format. */
  static void refusal(Caller.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isGreaterThanOrEqualTo(400);
    assertThat(answer.header("content-type")).startsWith("application/json");
    assertThat(answer.header("x-request-id")).isNotEmpty();
    JsonNode error = Caller.parse(answer.body()).path("error");
    assertThat(error.isTextual() ? error.asText() : error.path("message").asText())
        .as(answer.body())
        .isNotEmpty();
    small(answer.body());
  }

  /** A stream that broke: one error event at its end, and no end that looks sound. */
  static void broken(Caller.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.isFinished()).as("finished: %s", answer.body()).isFalse();
    assertThat(answer.body()).doesNotContain("[DONE]").doesNotContain("\"finish_reason\":\"stop\"");
    assertThat(answer.events()).as(answer.body()).isNotEmpty();
    text(answer.events().getLast());
    long errors = answer.events().stream().filter(e -> Caller.parse(e).has("error")).count();
    assertThat(errors).as(answer.body()).isEqualTo(1);
  }

  /** An error, or, for a stream, an error at its end. */
  static void failed(Caller.Answer answer, boolean stream) {
    if (stream && answer.status() == 200) {
      broken(answer);
    } else {
      error(answer);
    }
  }

  private static void text(String body) {
    JsonNode error = Caller.parse(body).path("error");
    assertThat(error.path("message").asText()).as(body).isNotEmpty();
    assertThat(error.has("type")).as(body).isTrue();
    small(body);
  }

  /** And it tells nothing of the inside. */
  private static void small(String body) {
    assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
    assertThat(body)
        .doesNotContain("Exception", "dev.serai", "io.netty", "127.0.0.1", "localhost", "/tmp")
        .doesNotContain(RunningGateway.CANARY);
  }
}
