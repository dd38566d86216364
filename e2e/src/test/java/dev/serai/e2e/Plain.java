package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What every failure that a caller sees must be: our JSON, small, and nothing of the inside. */
final class Plain {
  private Plain() {}

  /** A non-streaming error in the format of OpenAI or Anthropic. */
  static void error(Caller.Reply reply) {
    refusal(reply);
    text(reply.body());
  }

  /** A non-streaming error in any format. */
  static void refusal(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isGreaterThanOrEqualTo(400);
    assertThat(reply.header("content-type")).startsWith("application/json");
    assertThat(reply.header("x-request-id")).isNotEmpty();
    JsonNode error = Caller.parse(reply.body()).path("error");
    assertThat(error.isTextual() ? error.asText() : error.path("message").asText())
        .as(reply.body())
        .isNotEmpty();
    small(reply.body());
  }

  /** A stream that broke: one error event at its end, and no end that looks sound. */
  static void broken(Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.isFinished()).as("finished: %s", reply.body()).isFalse();
    assertThat(reply.body()).doesNotContain("[DONE]").doesNotContain("\"finish_reason\":\"stop\"");
    assertThat(reply.events()).as(reply.body()).isNotEmpty();
    text(reply.events().getLast());
    long errors = reply.events().stream().filter(e -> Caller.parse(e).has("error")).count();
    assertThat(errors).as(reply.body()).isEqualTo(1);
  }

  /** An error, or, for a stream, an error at its end. */
  static void failed(Caller.Reply reply, boolean stream) {
    if (stream && reply.status() == 200) {
      broken(reply);
    } else {
      error(reply);
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
