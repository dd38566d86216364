package dev.serai.adapters.dialects.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.Headers;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.provider.ProviderProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers say of prompts that are too long, and of content that they reject. */
class RejectedContentTest {
  private static final Destination MODEL =
      new Destination(
          new ProviderProfile(
              "p", "openai", Optional.empty(), Optional.empty(), Set.of(), List.of()),
          "m",
          Optional.empty());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9",
        "Your input exceeds the context window of this model. Please adjust your input.",
        "prompt is too long: 215000 tokens > 200000 maximum",
        "input length and `max_tokens` exceed context limit: 195898 + 8192 > 200000",
        "The input token count (1189800) exceeds the maximum number of tokens allowed (1048575).",
        "The input token count exceeds the maximum number of tokens allowed 1048576.",
        "Input is too long for requested model.",
        "Input Tokens Exceeded: Number of input tokens exceeds maximum length.",
        "Too many input tokens. Max input tokens: 8192, request input token count: 11494",
        "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292",
        "Prompt contains 65673 tokens and 0 draft tokens, too large for model with 32768 maximum"
            + " context length",
        "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
        "`inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens",
        "the request exceeds the available context size, try increasing it",
        "the input length exceeds the context length",
        "the model is loaded with context length of only 4096 tokens",
        "Please reduce the length of the messages or completion.",
        "This model's maximum prompt length is 131072 but the request contains 537812 tokens.",
        "Range of input length should be [1, 30720]",
        "Invalid request: Your request exceeded model token limit: 8192"
      })
  void aPromptThatIsTooLongIsKnownByTheWordsOfItsProvider(String message) {
    for (int status : List.of(400, 413, 422, 500)) {
      ProviderProblem problem =
          ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build();
      assertThat(problem.failureCause()).isEqualTo(FailureCause.CONTEXT_WINDOW);
      assertThat(problem.code()).isEqualTo("context_length_exceeded");
      assertThat(problem.status()).as("of the request").isEqualTo(status == 500 ? 400 : status);
      assertThat(problem.message()).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | The response was filtered due to the prompt triggering Azure OpenAI's content"
            + " management policy.",
        "400 | Your request was rejected as a result of our safety system.",
        "400 | Invalid prompt: your prompt was flagged as potentially violating our usage policy.",
        "400 | Output blocked by content filtering policy",
        "403 | Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO",
        "400 | This request has been blocked by our content filters.",
        "400 | Content Exists Risk",
        "400 | Input data may contain inappropriate content."
      })
  void rejectedContentIsKnownByTheWordsOfItsProvider(int status, String message) {
    for (ProviderProblem problem :
        List.of(
            ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build(),
            read(status, "{\"error\":{\"message\":\"" + message + "\"}}"))) {
      assertThat(problem.failureCause()).isEqualTo(FailureCause.CONTENT_FILTER);
      assertThat(problem.code()).isEqualTo("content_filter");
      assertThat(problem.status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "context_length_exceeded, CONTEXT_WINDOW",
    "content_filter, CONTENT_FILTER",
    "content_policy_violation, CONTENT_FILTER",
    "moderation_blocked, CONTENT_FILTER",
    "data_inspection_failed, CONTENT_FILTER",
    "content_moderation, CONTENT_FILTER",
    "invalid_value, REFUSED"
  })
  void aCodeOfTheProviderIsEnough(String code, FailureCause cause) {
    ProviderProblem problem =
        read(400, "{\"error\":{\"message\":\"No.\",\"code\":\"" + code + "\"}}");
    assertThat(problem.failureCause()).isEqualTo(cause);
    assertThat(problem.code()).isEqualTo(code);
  }

  @Test
  void aTypeIsEnoughToo() {
    String body =
        "{\"error\":{\"code\":400,\"message\":\"No.\",\"type\":\"exceed_context_size_error\"}}";
    assertThat(read(400, body).failureCause()).isEqualTo(FailureCause.CONTEXT_WINDOW);
  }

  @Test
  void aModerationOfAGatewayIsAContentFilter() {
    String body =
        "{\"error\":{\"code\":403,\"message\":\"No.\",\"metadata\":{\"reasons\":[\"violence\"]}}}";
    assertThat(read(403, body).failureCause()).isEqualTo(FailureCause.CONTENT_FILTER);
  }

  @Test
  void aContentFilterOfMistralIsNotAboutTheKey() {
    String body = "{\"message\":\"Content is moderated.\",\"type\":\"content_moderation\"}";
    assertThat(read(403, body).failureCause()).isEqualTo(FailureCause.CONTENT_FILTER);
  }

  /** OpenRouter wraps the error of the provider behind it: as a JSON text, an object or a text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"{\\\"error\\\":{\\\"message\\\":\\\"prompt is too long: 205000 tokens\\\"}}\"",
        "{\"error\":{\"message\":\"prompt is too long: 205000 tokens\"}}",
        "{\"message\":\"prompt is too long: 205000 tokens\"}",
        "{\"error\":\"prompt is too long: 205000 tokens\"}",
        "\"prompt is too long: 205000 tokens\""
      })
  void theErrorBehindAGatewayCounts(String raw) {
    ProviderProblem problem = read(400, wrapped(raw));
    assertThat(problem.failureCause()).isEqualTo(FailureCause.CONTEXT_WINDOW);
    assertThat(problem.getMessage()).isEqualTo("prompt is too long: 205000 tokens");
    assertThat(problem.code()).isEqualTo("context_length_exceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "\"<html>busy</html>\"", "\"\"", "{}", "\"[1]\""})
  void anErrorThatHoldsNoOtherIsItsOwn(String raw) {
    ProviderProblem problem = read(400, wrapped(raw));
    assertThat(problem.failureCause()).isEqualTo(FailureCause.REFUSED);
    assertThat(problem.getMessage()).isEqualTo("Provider returned error");
  }

  private static String wrapped(String raw) {
    return "{\"error\":{\"message\":\"Provider returned error\",\"code\":400,\"metadata\":{\"raw\":"
        + raw
        + ",\"provider_name\":\"Anthropic\"}}}";
  }

  @Test
  void anErrorInAStreamIsKnownByItsCode() {
    byte[] event =
        "{\"error\":{\"message\":\"No.\",\"code\":\"context_length_exceeded\"}}".getBytes(UTF_8);
    ProviderProblem problem = ErrorReader.inside(MODEL, event, 0, event.length);
    assertThat(problem.failureCause()).isEqualTo(FailureCause.CONTEXT_WINDOW);
    assertThat(problem.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "429, Too many tokens: please wait before trying again., RATE_LIMITED",
    "401, prompt is too long, CREDENTIALS",
    "404, Content Exists Risk, REFUSED",
    "503, The server is busy., OVERLOADED",
    "400, max_tokens is too large: 5000., REFUSED",
    "400, Invalid 'user': string too long., REFUSED"
  })
  void nothingElseIsTakenForIt(int status, String message, FailureCause cause) {
    assertThat(
            ProviderProblems.byStatus(MODEL, status, Headers.NONE, message).build().failureCause())
        .isEqualTo(cause);
  }

  private static ProviderProblem read(int status, String body) {
    return ErrorReader.read(status, Headers.NONE, body.getBytes(UTF_8), MODEL);
  }
}
