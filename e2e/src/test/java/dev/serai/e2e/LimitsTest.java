package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.serai.e2e.provider.CassetteServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers with limits, from the client to the reply. A limit per day does not refill in a test. */
class LimitsTest {
  private static final String SECRET = "-0123456789abcdef-canary";

  private static final String SETTINGS =
      """
      auth:
        keys:
          - {name: open, key: open%1$s}
          - {name: once, key: once%1$s, limits: {requests_per_day: 1, tokens_per_minute: 100000}}
          - {name: claude, key: claude%1$s, limits: {requests_per_day: 1, tokens_per_day: 5000}}
          - {name: gemini, key: gemini%1$s, limits: {requests_per_day: 1}}
          - {name: ollama, key: ollama%1$s, limits: {requests_per_day: 1}}
          - {name: slow, key: slow%1$s, limits: {requests_per_second: 1}}
          - {name: counts, key: counts%1$s, limits: {requests_per_day: 3}}
          - {name: later, key: later%1$s, limits: {requests_per_day: 1}}
      limits:
        models:
          rare: {requests_per_day: 1}
        providers:
          ollama: {requests_per_day: 1}
      models:
        rare: openai/text
        spread: {targets: [ollama/text], fallbacks: [anthropic/text]}
      routes:
        poll: 50ms
      """
          .formatted(SECRET);

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;
  private static Caller http;

  @BeforeAll
  static void start() {
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder).providersAt(provider.url()).settings(SETTINGS).atNoon().start();
    http = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    http.close();
    gateway.close();
    provider.close();
  }

  private static Caller.Reply post(String key, String path, String body) {
    HttpRequest.Builder request = http.to(path, body.getBytes(StandardCharsets.UTF_8));
    return http.send(request.header("x-api-key", key + SECRET));
  }

  private static Caller.Reply chat(String key, String model) {
    return post(key, "/v1/chat/completions", Caller.body(model, false));
  }

  @Test
  void openAisClientSeesARateLimitError() {
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder().model("openai/text").addUserMessage("Hello").build();
    OpenAIClient client = openAi("once", 0);
    assertThat(client.chat().completions().create(question).choices()).hasSize(1);
    assertThatThrownBy(() -> client.chat().completions().create(question))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limited -> {
              assertThat(limited.code()).contains("rate_limit_exceeded");
              assertThat(limited.headers().values("x-ratelimit-limit-requests"))
                  .containsExactly("1");
              assertThat(limited.headers().values("x-ratelimit-remaining-requests"))
                  .containsExactly("0");
              assertThat(limited.headers().values("x-ratelimit-limit-tokens"))
                  .containsExactly("100000");
              long wait = Long.parseLong(limited.headers().values("retry-after").getFirst());
              assertThat(wait).isBetween(1L, 86_400L);
              assertThat(limited.headers().values("ratelimit").getFirst())
                  .contains("\"key-requests-day\";r=0;t=");
            });
    client.close();

    Caller.Reply refused = chat("once", "openai/text");
    assertThat(refused.json().at("/error/explain/window").asText()).isEqualTo("day");
    assertThat(refused.json().at("/error/explain/name").asText()).isEqualTo("once");
  }

  @Test
  void openAisClientWaitsForAsLongAsTheReplySays() {
    ChatCompletionCreateParams question =
        ChatCompletionCreateParams.builder().model("openai/text").addUserMessage("Hello").build();
    // A slow machine may need more of them: what counts is that the client gets its answers.
    OpenAIClient client = openAi("slow", 20);
    for (int i = 0; i < 3; i++) {
      assertThat(client.chat().completions().create(question).choices()).hasSize(1);
    }
    client.close();
  }

  private static OpenAIClient openAi(String key, int retries) {
    return OpenAIOkHttpClient.builder()
        .apiKey(key + SECRET)
        .baseUrl(gateway.url() + "/v1")
        .maxRetries(retries)
        .timeout(Stage.PATIENCE)
        .build();
  }

  @Test
  void anthropicsClientSeesARateLimitError() {
    MessageCreateParams question =
        MessageCreateParams.builder()
            .model("anthropic/text")
            .maxTokens(64)
            .addUserMessage("Hello")
            .build();
    AnthropicClient client =
        AnthropicOkHttpClient.builder()
            .apiKey("claude" + SECRET)
            .baseUrl(gateway.url())
            .maxRetries(0)
            .timeout(Stage.PATIENCE)
            .build();
    assertThat(client.messages().create(question).content()).isNotEmpty();
    assertThatThrownBy(() -> client.messages().create(question))
        .isInstanceOfSatisfying(
            com.anthropic.errors.RateLimitException.class,
            limited -> {
              assertThat(limited.headers().values("retry-after")).hasSize(1);
              assertThat(limited.headers().values("anthropic-ratelimit-requests-remaining"))
                  .containsExactly("0");
              assertThat(limited.headers().values("anthropic-ratelimit-tokens-limit"))
                  .containsExactly("5000");
              String reset =
                  limited.headers().values("anthropic-ratelimit-requests-reset").getFirst();
              assertThat(Instant.parse(reset)).isAfter(Instant.EPOCH);
            });
    client.close();
  }

  @Test
  void geminisAndOllamasClientsSeeErrorsOfTheirOwnApis() {
    String gemini = "/v1beta/models/gemini/text:generateContent";
    String contents = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
    assertThat(post("gemini", gemini, contents).header("ratelimit-policy"))
        .isEqualTo("\"key-requests-day\";q=1;w=86400");
    Caller.Reply refused = post("gemini", gemini, contents);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(refused.json().at("/error/details/0/retryDelay").asText())
        .isEqualTo(refused.header("retry-after") + "s");
    assertThat(refused.json().at("/error/details/1/metadata/scope").asText()).isEqualTo("key");

    String chat =
        "{\"model\":\"openai/text\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    assertThat(post("ollama", "/api/chat", chat).status()).isEqualTo(200);
    Caller.Reply limited = post("ollama", "/api/chat", chat);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.json().at("/error").asText()).contains("1 requests per day");
  }

  @Test
  void aCallerWithoutLimitsGetsNoFieldsOfThem() {
    Caller.Reply reply = chat("open", "openai/text");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("ratelimit") + reply.header("x-ratelimit-limit-requests")).isEmpty();
  }

  @Test
  void aStreamAndABadRequestSayWhatIsLeftToo() {
    Caller.Reply stream = post("counts", "/v1/chat/completions", Caller.body("openai/text", true));
    assertThat(stream.isFinished()).isTrue();
    assertThat(stream.header("x-ratelimit-remaining-requests")).isEqualTo("2");
    Caller.Reply bad = post("counts", "/v1/chat/completions", "{}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.header("x-ratelimit-remaining-requests")).isEqualTo("2");
    String contents = "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}";
    assertThat(post("counts", "/v1beta/models/gemini/text:countTokens", contents).status())
        .isEqualTo(200);
    String messages =
        "{\"model\":\"openai/text\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    assertThat(post("counts", "/v1/messages/count_tokens", messages).status()).isEqualTo(200);
    assertThat(post("counts", "/v1/messages/count_tokens", messages).status()).isEqualTo(429);
  }

  @Test
  void aModelIsLimitedForAllCallersAndAProviderLeavesCallsToTheNext() {
    assertThat(chat("open", "rare").status()).isEqualTo(200);
    Caller.Reply refused = chat("open", "rare");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/error/explain/scope").asText()).isEqualTo("model");

    assertThat(chat("open", "spread").header("x-serai-provider")).isEqualTo("ollama");
    assertThat(chat("open", "spread").header("x-serai-provider")).isEqualTo("anthropic");
    Caller.Reply only = chat("open", "ollama/text");
    assertThat(only.status()).isEqualTo(429);
    assertThat(only.header("retry-after")).isNotEmpty();

    Caller.Reply metrics =
        http.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + "/metrics"))
                .header("x-api-key", "open" + SECRET));
    assertThat(metrics.body())
        .contains("rate_limiter_dropped_total{scope=\"model\",window=\"day\"}")
        .contains("rate_limiter_dropped_total{scope=\"provider\",window=\"day\"}");
  }

  @Test
  void aChangedLimitAppliesWithoutARestart() {
    assertThat(chat("later", "openai/text").status()).isEqualTo(200);
    assertThat(chat("later", "openai/text").status()).isEqualTo(429);
    String more =
        SETTINGS.replace(
            "later" + SECRET + ", limits: {requests_per_day: 1}",
            "later" + SECRET + ", limits: {requests_per_day: 2}");
    String misspelt = "privacy: {tenants: {pulbic: {action: off}}}\n";
    RunningGateway.write(folder.resolve("serai.yaml"), more + misspelt);
    Until.holds(
        Duration.ofSeconds(60),
        "one more call",
        () -> chat("later", "openai/text").status() == 200);
    assertThat(List.of(chat("later", "openai/text").status())).containsExactly(429);
    Until.holds(
        Duration.ofSeconds(60),
        "the reload warns of the tenant",
        () -> gateway.log().contains("has the tenant pulbic; did you mean public?"));
  }
}
