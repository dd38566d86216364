package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.e2e.provider.JudgedProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are not the JSON that was asked for are observed in the form of every API. */
class FormatFeedbackTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SCHEMA =
      "{\"type\": \"object\", \"properties\": {\"city\": {\"type\": \"string\"}},"
          + " \"required\": [\"city\"], \"additionalProperties\": false}";
  private static final String MESSAGES =
      "\"messages\": [{\"role\": \"user\", \"content\": \"Go\"}]";
  private static final String CONTENTS = "\"contents\": [{\"parts\": [{\"text\": \"Go\"}]}]";

  /** Each of an API: its path, and a request for JSON that matches the schema. */
  private static final Map<String, List<String>> WITH_SCHEMA =
      Map.of(
          "chat",
          List.of(
              "/v1/chat/completions",
              "{\"model\": \"MODEL\", \"stream\": STREAM, \"response_format\": {\"type\":"
                  + " \"json_schema\", \"json_schema\": {\"name\": \"a\", \"schema\": SCHEMA}}, "
                  + MESSAGES
                  + "}"),
          "responses",
          List.of(
              "/v1/responses",
              "{\"model\": \"MODEL\", \"stream\": STREAM, \"store\": false, \"input\": \"Go\","
                  + " \"text\": {\"format\": {\"type\": \"json_schema\", \"name\": \"a\","
                  + " \"schema\": SCHEMA}}}"),
          "anthropic",
          List.of(
              "/v1/messages",
              "{\"model\": \"MODEL\", \"stream\": STREAM, \"max_tokens\": 50, \"output_config\":"
                  + " {\"format\": {\"type\": \"json_schema\", \"schema\": SCHEMA}}, "
                  + MESSAGES
                  + "}"),
          "gemini",
          List.of(
              "/v1beta/models/MODEL:METHOD",
              "{\"generationConfig\": {\"responseMimeType\": \"application/json\","
                  + " \"responseJsonSchema\": SCHEMA}, "
                  + CONTENTS
                  + "}"),
          "ollama",
          List.of(
              "/api/chat",
              "{\"model\": \"MODEL\", \"stream\": STREAM, \"format\": SCHEMA, " + MESSAGES + "}"));

  private static final String SETTINGS =
      """
      providers:
        one: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, models: [prose, number, city]}
        two: {kind: openai-compatible, base_url: "%1$s/v1", api_key: %2$s, models: [prose, number, city]}
      models:
        said-prose: {targets: [one/prose, two/prose], strategy: bandit}
        said-number: {targets: [one/number, two/number], strategy: bandit}
        said-city: {targets: [one/city, two/city], strategy: bandit}
        fixed: {targets: [one/prose, two/prose]}
      routing:
        feedback: {implicit: {enabled: true, abort: 0, retry: 0, tool: 0, format: 0.5}}
      """;

  @TempDir static Path folder;
  private static Served<JudgedProvider> served;

  @BeforeAll
  static void start() {
    JudgedProvider provider =
        JudgedProvider.start(
            Map.of(
                "prose", "The city is Lyon.",
                "number", "{\"city\": 3}",
                "city", "{\"city\": \"Lyon\"}"));
    String settings = SETTINGS.formatted(provider.url(), RunningGateway.CANARY);
    served = Served.start(provider, RunningGateway.in(folder).settings(settings));
  }

  @AfterAll
  static void stop() throws Exception {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat", "responses", "anthropic", "gemini", "ollama"})
  void aResponseThatDoesNotMatchTheSchemaOfTheRequestIsObserved(String api) {
    List<String> good = new ArrayList<>();
    for (boolean stream : new boolean[] {false, true}) {
      good.add(ask(api, "said-city", stream));
      awaitObserved(ask(api, "said-number", stream));
      awaitObserved(ask(api, "said-prose", stream));
    }
    good.forEach(FormatFeedbackTest::assertNotObserved); // they are looked at in their order
  }

  @Test
  void jsonOfAnyFormIsEnoughIfNoSchemaWasGiven() {
    String any = "{\"model\": \"%s\", \"response_format\": {\"type\": \"json_object\"}, %s}";
    String path = "/v1/chat/completions";
    String number = send(path, any.formatted("said-number", MESSAGES));
    awaitObserved(send(path, any.formatted("said-prose", MESSAGES)));
    assertNotObserved(number);
  }

  @Test
  void textsOfOtherCallsAreNotCompared() {
    String fixed = ask("chat", "fixed", false);
    String plain = send("/v1/chat/completions", Caller.body("said-prose", false));
    String cut =
        send(
            "/v1/chat/completions",
            "{\"model\": \"said-prose\", \"stop\": [\"}\"], \"response_format\": {\"type\":"
                + " \"json_object\"}, "
                + MESSAGES
                + "}");
    awaitObserved(ask("chat", "said-prose", false));
    List.of(fixed, plain, cut).forEach(FormatFeedbackTest::assertNotObserved);
    assertThat(served.http().get("/metrics").body())
        .contains("serai_feedback_observed_total{source=\"format\"}");
  }

  private static String ask(String api, String model, boolean stream) {
    List<String> form = WITH_SCHEMA.get(api);
    String method = stream ? "streamGenerateContent?alt=sse" : "generateContent";
    String path = form.getFirst().replace("MODEL", model).replace("METHOD", method);
    String body =
        form.getLast()
            .replace("MODEL", model)
            .replace("STREAM", Boolean.toString(stream))
            .replace("SCHEMA", SCHEMA);
    return send(path, body);
  }

  /** The ID of the call. */
  private static String send(String path, String body) {
    Caller.Reply reply = served.http().send(served.http().to(path, body.getBytes(UTF_8)));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.header("x-request-id");
  }

  private static void awaitObserved(String id) {
    Until.holds(PATIENCE, "it is observed", () -> !observed(id).isMissingNode());
    assertThat(observed(id).path("source").asText()).isEqualTo("format");
    assertThat(observed(id).path("change").asDouble()).isEqualTo(-0.5);
  }

  private static void assertNotObserved(String id) {
    assertThat(observed(id).isMissingNode()).as(id).isTrue();
  }

  private static JsonNode observed(String id) {
    for (JsonNode entry : served.http().get("/v1/feedback?limit=100").json().path("data")) {
      if (entry.path("request_id").asText().equals(id)) {
        return entry;
      }
    }
    return Caller.parse("{}").path("none");
  }
}
