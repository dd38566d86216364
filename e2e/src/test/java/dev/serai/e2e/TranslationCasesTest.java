package dev.serai.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.e2e.provider.ScriptedProvider;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the cases in {@code translation/}: a client's request, a provider's reply, and what has to
 * arrive at either. A file holds the cases of one kind; its comments say where the vendor documents
 * the rule.
 */
class TranslationCasesTest {
  private static final Path CASES = Path.of("src", "test", "resources", "translation");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_JAVA_COMMENTS,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();
  private static final String RESPONSES_ONLY =
      """
      - route:
          id: adapter-ronly
          description: A provider that has only the Responses API
          from:
            uri: direct:adapter-ronly
            steps:
              - to:
                  uri: kamelet:openai-compatible
                  parameters:
                    provider: ronly
                    baseUrl: %s/v1
                    keyName: OPENAI_API_KEY
                    quirks: responses-only
      """;

  @TempDir static Path folder;
  private static ScriptedProvider provider;
  private static RunningGateway gateway;
  private static Caller caller;

  @BeforeAll
  static void start() {
    provider = ScriptedProvider.start();
    RunningGateway.write(
        folder.resolve("serai.d/ronly.camel.yaml"), RESPONSES_ONLY.formatted(provider.url()));
    gateway =
        RunningGateway.in(folder)
            .providersAt(provider.url())
            .with("OPENROUTER_API_KEY", "k")
            .with("OPENROUTER_BASE_URL", provider.url() + "/v1")
            .with("DEEPSEEK_API_KEY", "k")
            .with("DEEPSEEK_BASE_URL", provider.url() + "/v1")
            .with("QWEN_API_KEY", "k")
            .with("QWEN_BASE_URL", provider.url() + "/v1")
            .with("GROQ_API_KEY", "k")
            .with("GROQ_BASE_URL", provider.url() + "/v1")
            .with("MISTRAL_API_KEY", "k")
            .with("MISTRAL_BASE_URL", provider.url() + "/v1")
            .with("TOGETHER_API_KEY", "k")
            .with("TOGETHER_BASE_URL", provider.url() + "/v1")
            .with("XAI_API_KEY", "k")
            .with("XAI_BASE_URL", provider.url() + "/v1")
            .with("LOCAL_MODEL_URL", provider.url() + "/v1")
            .settings(
                "upstream: {breaker: {window: 1000, minimum_calls: 1000}}\n"
                    + "models: {second: {targets: [openai/m], fallbacks: [anthropic/m]}}\n")
            .start();
    caller = new Caller(gateway.url());
  }

  @AfterAll
  static void stop() {
    caller.close();
    gateway.close();
    provider.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCaseIsTranslatedAsItsVendorDocuments() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(CASES, "*.json5")) {
      for (Path file : files) {
        String kind = file.getFileName().toString().replace(".json5", "");
        for (JsonNode json : JSON.readTree(Files.readString(file))) {
          TranslationCase one = new TranslationCase(json);
          tests.add(DynamicTest.dynamicTest(kind + ": " + one.name(), () -> run(one)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(14);
    return tests.stream();
  }

  private static void run(TranslationCase one) {
    List<JsonNode> replies = new ArrayList<>();
    one.json().path("replies").forEach(replies::add);
    provider.play(replies);
    String path = one.json().path("path").asText("/v1/chat/completions");
    Caller.Reply heard = post(path, one.json().path("request"), one.json().path("headers"));
    JsonNode sent = provider.bodies().getFirst();
    one.checkSent(sent);
    one.checkReply(path, heard);
    one.json()
        .path("fields")
        .forEach(field -> assertThat(provider.lastFields()).contains(field.asText()));
    if (one.json().has("requests")) {
      assertThat(provider.bodies()).hasSize(one.json().path("requests").asInt());
    }
    if (one.json().has("then")) {
      goOn(one, path, heard);
    }
  }

  /** Sends the message that the model wrote back, with the results of its calls. */
  private static void goOn(TranslationCase one, String path, Caller.Reply heard) {
    TranslationCase next = new TranslationCase(one.json().path("then"));
    ObjectNode request = one.json().path("request").deepCopy();
    String messages = path.equals("/v1/responses") ? "input" : "messages";
    JsonNode said = heard.json();
    for (JsonNode more : next.json().path("more")) {
      request.withArray(messages).add(filled(more, said));
    }
    Caller.Reply second = post(path, request, one.json().path("headers"));
    next.checkSent(provider.bodies().getLast());
    next.checkReply(path, second);
  }

  /** A message in which {@code {said: PLACE}} stands for what the client received there. */
  private static JsonNode filled(JsonNode message, JsonNode said) {
    if (message.has("said")) {
      return said.at(message.path("said").asText());
    }
    if (message.isObject()) {
      ObjectNode copy = JSON.createObjectNode();
      message.properties().forEach(m -> copy.set(m.getKey(), filled(m.getValue(), said)));
      return copy;
    }
    if (message.isArray()) {
      var copy = JSON.createArrayNode();
      message.forEach(element -> copy.add(filled(element, said)));
      return copy;
    }
    return message;
  }

  private static Caller.Reply post(String path, JsonNode body, JsonNode headers) {
    HttpRequest.Builder request = caller.to(path, body.toString().getBytes(StandardCharsets.UTF_8));
    headers
        .properties()
        .forEach(field -> request.header(field.getKey(), field.getValue().asText()));
    return caller.send(request);
  }
}
