package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.ScriptedProvider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a call goes after a failure of one kind. OpenAI fails as the test says; others answer. */
class FailoverKindsTest {
  private static final String SETTINGS =
      """
      retry:
        max_attempts: 3
      models:
        plain: {targets: [openai/small], fallbacks: [anthropic/text]}
        named:
          targets: [openai/small]
          failover:
            context_window_fallbacks: [anthropic/text]
            content_policy_fallbacks: [ollama/text]
        filtered: {targets: [openai/small], fallbacks: [anthropic/text], failover: {kinds: [content_filter]}}
        patient: {targets: [openai/small], fallbacks: [anthropic/text], failover: {kinds: [timeout]}}
        listed: {targets: [openai/small], fallbacks: [anthropic/text], failover: {statuses: [400]}}
      """;

  private static final String TOO_LONG =
      """
      {"status": 400, "body": {"error": {"message": "This model's maximum context length is 8192 \
      tokens. However, your messages resulted in 9000 tokens.", "type": "invalid_request_error", \
      "param": "messages", "code": "context_length_exceeded"}}}""";
  private static final String REJECTED =
      """
      {"status": 400, "body": {"error": {"message": "The response was filtered due to the prompt \
      triggering Azure OpenAI's content management policy.", "code": "content_filter"}}}""";
  private static final String WRONG =
      """
      {"status": 400, "body": {"error": {"message": "Unknown parameter: 'x'.", \
      "type": "invalid_request_error"}}}""";
  private static final String LIMITED =
      "{\"status\": 429, \"body\": {\"error\": {\"message\": \"slow\"}}}";
  private static final String WITHHELD =
      """
      {"body": {"id": "c1", "object": "chat.completion", "created": 1, "model": "small", "choices": \
      [{"index": 0, "message": {"role": "assistant", "content": ""}, \
      "finish_reason": "content_filter"}], \
      "usage": {"prompt_tokens": 9, "completion_tokens": 0, "total_tokens": 9}}}""";
  private static final String WITHHELD_STREAM =
      """
      {"events": [\
      {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": \
      [{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": null}]}, \
      {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "small", "choices": \
      [{"index": 0, "delta": {}, "finish_reason": "content_filter"}]}, "[DONE]"]}""";

  @TempDir static Path folder;
  private static CassetteServer others;
  private static ScriptedProvider openai;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    others = CassetteServer.start();
    openai = ScriptedProvider.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(others.url())
            .with("OPENAI_BASE_URL", openai.url() + "/v1")
            .settings(SETTINGS)
            .start();
    caller = new Caller(gateway.url());
    caller.warmUp();
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    openai.close();
    others.close();
  }

  @ParameterizedTest
  @CsvSource({"plain,false", "plain,true", "named,false", "named,true"})
  void aPromptThatIsTooLongGoesToALargerModel(String alias, boolean stream) {
    play(TOO_LONG);
    servedBy("anthropic", 2, caller.call(alias, stream));
    gateway.awaitLogged("provider openai failed: context_window, status 400; another attempt");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void withoutALargerModelTheClientReadsWhy(boolean stream) {
    play(TOO_LONG);
    Caller.Reply reply = caller.call("openai/small", stream);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/error/code").asText()).isEqualTo("context_length_exceeded");
    assertThat(reply.header("x-serai-provider")).isEqualTo("openai");
    assertThat(reply.header("x-serai-model")).isEqualTo("small");
    assertThat(reply.header("x-serai-attempts")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "named,false,ollama",
    "named,true,ollama",
    "filtered,false,anthropic",
    "filtered,true,anthropic"
  })
  void aRejectedPromptGoesWhereTheOperatorSays(String alias, boolean stream, String provider) {
    play(REJECTED);
    servedBy(provider, 2, caller.call(alias, stream));
    gateway.awaitLogged("provider openai failed: content_filter");
  }

  @ParameterizedTest
  @CsvSource({
    "named,false,ollama",
    "named,true,ollama",
    "filtered,false,anthropic",
    "filtered,true,anthropic"
  })
  void soDoesAResponseThatIsWithheldAsAWhole(String alias, boolean stream, String provider) {
    play(stream ? WITHHELD_STREAM : WITHHELD);
    servedBy(provider, 2, caller.call(alias, stream));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unaskedRejectedContentGoesToNoOtherProvider(boolean stream) {
    play(REJECTED);
    assertThat(caller.call("plain", stream).status()).isEqualTo(400);
    play(stream ? WITHHELD_STREAM : WITHHELD);
    Caller.Reply withheld = caller.call("plain", stream);
    assertThat(withheld.status()).isEqualTo(200);
    assertThat(withheld.header("x-serai-provider")).isEqualTo("openai");
    assertThat(withheld.body()).contains("content_filter");
  }

  @Test
  void aKindThatIsLeftOutIsTriedAgainWhereItFailed() {
    play(LIMITED);
    servedBy("openai", 2, caller.chat("patient"));
    assertThat(openai.bodies()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStatusLeadsOnIfTheOperatorSaysSo(boolean stream) {
    play(WRONG);
    servedBy("anthropic", 2, caller.call("listed", stream));
    play(WRONG);
    assertThat(caller.call("plain", stream).status()).isEqualTo(400);
  }

  @Test
  void theExplanationShowsWhereFailuresLead() {
    JsonNode failover =
        caller.post("/v1/routes/explain", Caller.body("named", false)).json().path("failover");
    assertThat(failover.at("/context_window_fallbacks/0").asText()).isEqualTo("anthropic/text");
    assertThat(failover.at("/content_policy_fallbacks/0").asText()).isEqualTo("ollama/text");
    assertThat(failover.path("kinds").toString())
        .contains("context_window")
        .doesNotContain("content_filter");
  }

  private static void play(String... replies) {
    openai.play(Arrays.stream(replies).map(Caller::parse).toList());
  }

  private static void servedBy(String provider, int attempts, Caller.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(List.of(reply.header("x-serai-provider"), reply.header("x-serai-attempts")))
        .containsExactly(provider, Integer.toString(attempts));
  }
}
