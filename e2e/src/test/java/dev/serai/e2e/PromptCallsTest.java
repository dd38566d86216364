package dev.serai.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that name a stored prompt, on every surface and two gateways with one PostgreSQL. */
class PromptCallsTest {
  private static final String SETTINGS =
      """
      providers:
        red: {kind: openai-compatible, base_url: "%2$s/v1", api_key: %1$s, models: [text]}
      models:
        fast: {targets: [red/text]}
      personas:
        support: {prompt: support, model: fast}
        greeter: {prompt: greet, model: fast}
      limits:
        keys: {requests_per_second: 0}
      auth:
        keys:
          - {name: shop, key: shop-0123456789abcdef, role: admin, tenant: shop}
          - {name: mill, key: mill-0123456789abcdef, role: user, tenant: mill}
      """;
  private static final String PAGE = "docs/prompts.md";

  /** The method, the path, the value of If-Match and the body of a request. */
  private static final Pattern CURL =
      Pattern.compile(
          "^curl -s (?:-X (\\w+) )?localhost:8000(\\S+)[^{]*?(?:If-Match: ([^']+)'[^{]*?)?-d"
              + " '([^']*)'",
          Pattern.MULTILINE);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static TwoGateways gateways;

  @BeforeAll
  static void start() throws Exception {
    gateways = new TwoGateways(folder, SETTINGS);
    stored("POST", "", "{'name': 'greet'}");
    version("greet", "Speak {{language}}.", "Greet {{who}}.", "");
    stored("PUT", "/greet/labels/production", "{'version': 1}");
    version("greet", "Sing in {{language}}.", "Greet {{who}}.", "");
  }

  @AfterAll
  static void stop() throws Exception {
    gateways.close();
  }

  private static void version(String name, String system, String user, String more) {
    stored(
        "POST",
        "/" + name + "/versions",
        "{'messages': [{'role': 'system', 'content': '%s'}, {'role': 'user', 'content': '%s'}]%s}"
            .formatted(system, user, more));
  }

  private static void stored(String method, String path, String body) {
    Caller.Reply reply = send(gateways.one, method, "shop", "/v1/prompts" + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  private static Caller.Reply send(
      RunningGateway at, String method, String key, String path, String body) {
    return gateways.http.send(
        HttpRequest.newBuilder(URI.create(at.url() + path))
            .header("content-type", "application/json")
            .header("x-api-key", key + "-0123456789abcdef")
            .method(method, BodyPublishers.ofByteArray(body.replace('\'', '"').getBytes(UTF_8))));
  }

  private static Caller.Reply chat(RunningGateway at, String key, String prompt) {
    String body =
        "{'model': 'red/text', 'prompt': %s, 'messages': [{'role': 'user', 'content': 'Now.'}]}";
    return send(at, "POST", key, "/v1/chat/completions", body.formatted(prompt));
  }

  private static JsonNode received() {
    return Caller.parse(new String(gateways.provider.received().getLast().body(), UTF_8));
  }

  /** The texts that the provider has received last, as {@code role: text}. */
  private static List<String> messages() {
    List<String> messages = new ArrayList<>();
    for (JsonNode one : received().path("messages")) {
      JsonNode content = one.path("content");
      for (JsonNode part : content.isArray() ? content : List.of(content)) {
        String text = part.isTextual() ? part.asText() : part.path("text").asText();
        messages.add(one.path("role").asText() + ": " + text);
      }
    }
    return messages;
  }

  private static final String PROMPT =
      "{'name': 'greet', 'variables': {'language': 'German', 'who': '{{language}}'}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v1/chat/completions | {'model': 'red/text', 'prompt': @, 'messages': [{'role': 'user', 'content': 'Now.'}]}
          /v1/chat/completions | {'model': 'red/text', 'serai': {'prompt': @, 'routing': {'prefer_fast': true}}, 'messages': [{'role': 'user', 'content': 'Now.'}]}
          /v1/chat/completions | {'model': 'red/text', 'metadata': {'a': 'b', 'serai': {'prompt': @}}, 'messages': [{'role': 'user', 'content': 'Now.'}]}
          /v1/responses | {'model': 'red/text', 'prompt': @, 'input': 'Now.', 'store': false}
          /v1/responses | {'model': 'red/text', 'prompt': @, 'input': [{'role': 'user', 'content': 'Now.'}]}
          /v1/messages | {'model': 'red/text', 'max_tokens': 9, 'prompt': @, 'messages': [{'role': 'user', 'content': 'Now.'}]}
          /v1beta/models/red/text:generateContent | {'prompt': @, 'contents': [{'role': 'user', 'parts': [{'text': 'Now.'}]}]}
          /api/chat | {'model': 'red/text', 'stream': false, 'prompt': @, 'messages': [{'role': 'user', 'content': 'Now.'}]}
          """)
  void everySurfacePutsThePromptBeforeTheMessagesOfTheRequest(String path, String body) {
    Caller.Reply reply =
        send(gateways.one, "POST", "shop", path.strip(), body.replace("@", PROMPT));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-prompt")).isEqualTo("greet@1");
    assertThat(messages())
        .as("the text of a variable is not read as a template")
        .containsExactly("system: Speak German.", "user: Greet {{language}}.", "user: Now.");
    assertThat(received().toString()).doesNotContain("variables", "serai");
  }

  @Test
  void aCompletionOfOllamaGetsThePromptAsTexts() {
    Caller.Reply reply =
        send(
            gateways.one,
            "POST",
            "shop",
            "/api/generate",
            "{'model': 'red/text', 'stream': false, 'prompt': 'Now.', 'serai': {'prompt': "
                + PROMPT
                + "}}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(messages())
        .containsExactly("system: Speak German.", "user: Greet {{language}}.\n\nNow.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v1/completions | {'model': 'red/text', 'prompt': @}                              |
          /v1/completions | {'model': 'red/text', 'prompt': 'Now.', 'serai': {'prompt': @}} | Now.
          /v1/ask         | {'model': 'red/text', 'prompt': @, 'quality': 'fast'}           |
          /v1/ask         | {'model': 'red/text', 'prompt': 'Now.', 'serai': {'prompt': @}} | Now.
          """)
  void whatHasOneTextGetsThePromptBeforeIt(String path, String body, String own) {
    Caller.Reply reply =
        send(gateways.one, "POST", "shop", path.strip(), body.replace("@", PROMPT));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.header("x-serai-prompt")).isEqualTo("greet@1");
    String text = "Speak German.\n\nGreet {{language}}." + (own == null ? "" : "\n\n" + own);
    JsonNode sent = received();
    String member = sent.has("prompt") ? "/prompt" : "/messages/0/content";
    assertThat(sent.at(member).asText()).isEqualTo(text);
    assertThat(sent.toString()).doesNotContain("variables", "serai");
  }

  @Test
  void severalPromptsOfACompletionTakeNoStoredOne() {
    Caller.Reply reply =
        send(
            gateways.one,
            "POST",
            "shop",
            "/v1/completions",
            "{'model': 'red/text', 'prompt': ['a', 'b'], 'serai': {'prompt': " + PROMPT + "}}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.json().at("/error/param").asText()).isEqualTo("prompt");
  }

  @Test
  void aQuestionIsRefusedInItsFormIfItsPromptIsUnknown() {
    String body = "{'prompt': {'name': 'no'}}";
    Caller.Reply reply = send(gateways.one, "POST", "shop", "/v1/ask", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(404);
    assertThat(reply.json().path("detail").asText()).contains("There is no prompt 'no'");
  }

  @Test
  void whatWouldBeChosenIsExplainedForARequestWithAPrompt() {
    for (String body :
        List.of(
            "{'model': 'red/text', 'prompt': " + PROMPT + "}",
            "{'model': 'persona/greeter', 'prompt': "
                + PROMPT.replace("'name': 'greet', ", "")
                + "}")) {
      Caller.Reply reply = send(gateways.one, "POST", "shop", "/v1/routes/explain", body);
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.json().path("prompt").asText()).isEqualTo("greet@1");
      assertThat(reply.json().at("/candidates/0/provider").asText()).isEqualTo("red");
    }
    String body = "{'model': 'red/text', 'prompt': {'name': 'no'}}";
    Caller.Reply unknown = send(gateways.one, "POST", "shop", "/v1/routes/explain", body);
    assertThat(unknown.status()).as(unknown.body()).isEqualTo(404);
  }

  @Test
  void aRequestNeedsNeitherMessagesNorAModelIfThePromptHasThem() {
    stored("POST", "", "{'name': 'whole'}");
    version(
        "whole", "Be short.", "Hello", ", 'model': 'red/text', 'parameters': {'max_tokens': 7}");
    for (String path : List.of("/v1/chat/completions", "/v1/responses", "/v1/messages")) {
      Caller.Reply reply =
          send(gateways.one, "POST", "shop", path, "{'prompt': {'name': 'whole', 'version': 1}}");
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(messages()).containsExactly("system: Be short.", "user: Hello");
      assertThat(received().toString()).contains("tokens\":7");
    }
  }

  @Test
  void aLabelThatIsMovedAppliesToTheNextCallHereAndSoonElsewhere() {
    stored("POST", "", "{'name': 'hot'}");
    for (String text : List.of("one", "two", "three")) {
      stored("POST", "/hot/versions", "{'text': '" + text + "'}");
    }
    for (int version : new int[] {1, 2, 3, 1}) {
      stored("PUT", "/hot/labels/production", "{'version': " + version + "}");
      assertThat(chat(gateways.one, "shop", "{'name': 'hot'}").header("x-serai-prompt"))
          .isEqualTo("hot@" + version);
      Until.holds(
          Duration.ofSeconds(5),
          "the other gateway has the version",
          () ->
              chat(gateways.other, "shop", "{'name': 'hot'}")
                  .header("x-serai-prompt")
                  .equals("hot@" + version));
    }
  }

  @Test
  void anotherTenantGetsNoPromptWhateverItNames() {
    int before = gateways.provider.received().size();
    for (String prompt :
        List.of(
            PROMPT,
            "{'name': 'greet', 'version': 1}",
            "{'name': 'greet', 'label': 'latest'}",
            "{'id': 'greet', 'version': '1'}",
            "{'name': 'none'}")) {
      Caller.Reply reply = chat(gateways.one, "mill", prompt);
      assertThat(reply.status()).as(reply.body()).isEqualTo(404);
      assertThat(reply.json().at("/error/code").asText()).isEqualTo("prompt_not_found");
    }
    assertThat(gateways.provider.received()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'name': 'greet', 'variables': {'language': 'German'}}                           | prompt.variables.who | 'who'
          {'name': 'greet', 'variables': {'language': 'German', 'who': 1}}                 | prompt.variables.who | string
          {'name': 'greet', 'variables': {'language': 'German', 'who': 'a', 'extra': 'b'}} | prompt.variables     | 'extra'
          {'name': 'greet', 'label': 'a', 'version': 1}                                    | prompt               | not both
          {'name': 'greet', 'version': 'x'}                                                | prompt.version       | number
          {'variables': {}}                                                                | prompt.name          | name
          {'name': 'greet', 'template': 'x'}                                               | prompt               | nothing else
          """)
  void whatIsWrongWithThePromptIsNamed(String prompt, String param, String text) {
    Caller.Reply reply = chat(gateways.one, "shop", prompt.strip());
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.json().at("/error/param").asText()).isEqualTo(param);
    assertThat(reply.json().at("/error/message").asText()).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/messages, /error/message",
    "/v1beta/models/red/text:generateContent, /error/message",
    "/api/chat, /error"
  })
  void aProblemHasTheFormOfTheSurface(String path, String message) {
    Caller.Reply reply =
        send(gateways.one, "POST", "shop", path, "{'model': 'red/text', 'prompt': {'name': 'no'}}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(404);
    assertThat(reply.json().at(message).asText()).contains("There is no prompt 'no'");
  }

  @Test
  void aPromptThatOpenAiStoresIsForwarded() {
    Caller.Reply reply =
        send(
            gateways.one,
            "POST",
            "shop",
            "/v1/responses",
            "{'model': 'red/text', 'prompt': {'id': 'pmpt_123'}, 'input': 'Now.'}");
    assertThat(reply.json().at("/error/message").asText()).contains("A prompt that OpenAI stores");
    assertThat(reply.status()).isEqualTo(400);
  }

  /** In the order of the page; before the last one, another version gets the label. */
  @Test
  void theExamplesOfThePageWork() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("serai.checkout", "..")).resolve(PAGE));
    List<MatchResult> examples = CURL.matcher(page).results().toList();
    assertThat(examples).hasSize(5).anyMatch(example -> example.group(3) != null);
    for (MatchResult example : examples) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(gateways.one.url() + example.group(2)))
              .header("content-type", "application/json")
              .header("x-api-key", "shop-0123456789abcdef")
              .method(
                  example.group(1) == null ? "POST" : example.group(1),
                  BodyPublishers.ofString(example.group(4)));
      if (example.group(3) != null) {
        stored("POST", "/support/versions", "{'text': 'Hi', 'label': 'production'}");
        request.header("if-match", example.group(3));
      }
      Caller.Reply reply = gateways.http.send(request);
      assertThat(reply.status()).as(example.group() + reply.body()).isEqualTo(200);
    }
  }

  @Test
  void theLedgerHasThePrompt() {
    Caller.Reply reply = chat(gateways.one, "shop", PROMPT);
    Until.holds(
        PATIENCE,
        "the call is in the ledger",
        () ->
            send(gateways.one, "GET", "shop", "/v1/usage/" + reply.header("x-request-id"), "")
                .body()
                .contains("prompt:greet@1"));
  }

  @Test
  void theClientOfOpenAiNamesAPrompt() {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateways.one.url() + "/v1")
            .apiKey("shop-0123456789abcdef")
            .maxRetries(0)
            .build();
    HttpResponseFor<ChatCompletion> response =
        client
            .chat()
            .completions()
            .withRawResponse()
            .create(named(Map.of("language", "German", "who", "Ada")));
    assertThat(response.headers().values("x-serai-prompt")).containsExactly("greet@1");
    assertThat(response.parse().choices()).isNotEmpty();
    assertThat(messages().getFirst()).isEqualTo("system: Speak German.");
    assertThatThrownBy(
            () -> client.chat().completions().create(named(Map.of("language", "German"))))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("'who'");
  }

  private static ChatCompletionCreateParams named(Map<String, String> variables) {
    return ChatCompletionCreateParams.builder()
        .model("red/text")
        .addUserMessage("Now.")
        .putAdditionalBodyProperty(
            "prompt", JsonValue.from(Map.of("name", "greet", "variables", variables)))
        .build();
  }
}
