package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.CassetteServer;
import dev.serai.e2e.provider.Said;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's facts about models are listed and charged; tokens are counted one way. */
class KnownModelsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String ANTHROPIC =
      """
      {"model":"%s","max_tokens":5,"messages":[{"role":"user","content":"About eight words are in\
       this sentence."}]}\
      """;
  private static final String GEMINI =
      "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":"
          + "\"About eight words are in this sentence.\"}]}]}";

  @TempDir static Path folder;
  private static CassetteServer provider;
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    Path models = folder.resolve("known.yaml");
    RunningGateway.write(
        models,
        """
        models:
          openai/text:
            context_length: 4096
            max_output_tokens: 1024
            input_modalities: [text, image]
            output_modalities: [text]
            capabilities: [tools]
            price: {input: 1.25, output: 10.000001}
          openai/other: {}
          openai/priced: {price: {input: 1, output: 2}}
        """);
    provider = CassetteServer.start();
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("SERAI_MODELS", models.toString())
            .settings("budgets: {priced: {scope: model, value: priced, limit: 100}}")
            .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  @Test
  void callersSeeWhatTheOperatorConfiguresOfAModel() throws Exception {
    JsonNode told = send("GET", "/v1/models/openai%2Ftext", "").json();

    assertThat(told.path("context_length").asInt()).isEqualTo(4096);
    assertThat(told.path("max_output_tokens").asInt()).isEqualTo(1024);
    assertThat(told.at("/architecture/modality").asText()).isEqualTo("text+image->text");
    assertThat(told.path("capabilities").toString()).isEqualTo("[\"tools\"]");
    assertThat(told.path("pricing").toString())
        .isEqualTo("{\"prompt\":\"0.00000125\",\"completion\":\"0.000010000001\"}");
    JsonNode unknown = send("GET", "/v1/models/openai%2Fother", "").json();
    assertThat(unknown.path("context_length").isNull()).isTrue();
    assertThat(unknown.path("pricing").isNull()).isTrue();
    String listed = send("GET", "/api/chat/models", "").body();
    assertThat(listed).contains("\"id\":\"openai/text\"", "\"context_window\":4096");
  }

  @Test
  void aCallIsChargedByTheOperatorsPrice() throws Exception {
    try (Caller caller = new Caller(gateway.url())) {
      String id = caller.chat("openai/text").header("x-request-id");
      JsonNode row = caller.get("/v1/usage/" + id).json();

      long pico = Said.PROMPT * 1_250_000L + Said.COMPLETION * 10_000_001L;
      long nano = (pico + 500) / 1000;
      assertThat(row.findValue("cost").decimalValue().movePointRight(9).longValueExact())
          .isEqualTo(nano);
    }
  }

  @Test
  void aChangedPriceAppliesWithoutARestart() throws Exception {
    Path models = folder.resolve("known.yaml");
    String before = Files.readString(models);
    RunningGateway.write(
        models, before.replace("openai/other: {}", "openai/other: {price: {input: 3, output: 4}}"));
    Until.holds(
        Duration.ofSeconds(30),
        "the price is listed",
        () -> !info("openai%2Fother").path("pricing").isNull());
    assertThat(info("openai%2Fother").at("/pricing/prompt").asText()).isEqualTo("0.000003");
    RunningGateway.write(models, before);
    Until.holds(
        Duration.ofSeconds(30),
        "the price is gone",
        () -> info("openai%2Fother").path("pricing").isNull());
  }

  @Test
  void aPriceThatIsRemovedWhileABudgetNeedsItIsSaid() throws Exception {
    Path models = folder.resolve("known.yaml");
    String before = Files.readString(models);
    String warning =
        "budgets.priced: calls that it counts get 403 model_not_priced for models whose price is"
            + " not known: openai/priced";
    assertThat(gateway.log()).doesNotContain(warning);
    RunningGateway.write(
        models,
        before.replace("openai/priced: {price: {input: 1, output: 2}}", "openai/priced: {}"));
    gateway.awaitLogged(warning);
    RunningGateway.write(models, before);
  }

  private static JsonNode info(String model) {
    try {
      return send("GET", "/v1/models/" + model, "").json();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tokensAreCountedByTheProviderWhereItCountsAndElseByOneEstimate() throws Exception {
    JsonNode relayed = count("/v1/messages/count_tokens", ANTHROPIC.formatted("anthropic/text"));
    assertThat(relayed.has("estimated")).isFalse();
    assertThat(relayed.path("input_tokens").asInt()).isPositive();

    JsonNode estimated = count("/v1/messages/count_tokens", ANTHROPIC.formatted("openai/text"));
    assertThat(estimated.path("estimated").asBoolean()).isTrue();
    assertThat(estimated.path("input_tokens").asInt()).isBetween(12, 18);

    Reply counted = send("POST", "/v1beta/models/openai%2Ftext:countTokens", GEMINI);
    assertThat(counted.estimated()).isTrue();
    assertThat(counted.json().path("totalTokens").asInt())
        .isEqualTo(estimated.path("input_tokens").asInt());
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 501})
  void aServerThatLacksThePathForCountingLeavesItToTheEstimate(int status) throws Exception {
    String model = "/error-" + status;
    JsonNode anthropic =
        count("/v1/messages/count_tokens", ANTHROPIC.formatted("anthropic" + model));
    assertThat(anthropic.path("estimated").asBoolean()).isTrue();
    assertThat(anthropic.path("input_tokens").asInt()).isBetween(12, 18);
    Reply gemini = send("POST", "/v1beta/models/gemini%2Ferror-" + status + ":countTokens", GEMINI);
    assertThat(gemini.estimated()).isTrue();
    assertThat(gemini.json().path("totalTokens").asInt())
        .isEqualTo(anthropic.path("input_tokens").asInt());
  }

  @Test
  void aModelThatIsMissingIsStillTheErrorOfACount() throws Exception {
    try (Caller caller = new Caller(gateway.url())) {
      String body = ANTHROPIC.formatted("anthropic/no-such");
      Caller.Reply missing = caller.post("/v1/messages/count_tokens", body);
      assertThat(missing.status()).as(missing.body()).isEqualTo(404);
      assertThat(missing.json().at("/error/message").asText()).contains("no-such");
      body = ANTHROPIC.formatted("anthropic/error-400");
      assertThat(caller.post("/v1/messages/count_tokens", body).status()).isEqualTo(400);
    }
  }

  private static JsonNode count(String path, String body) throws Exception {
    return send("POST", path, body).json();
  }

  private record Reply(String body, boolean estimated) {
    JsonNode json() {
      return Caller.parse(body);
    }
  }

  private static Reply send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("content-type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new Reply(
        response.body(), response.headers().firstValue("x-serai-estimated").isPresent());
  }
}
