package dev.serai.adapters.dialects.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.adapters.dialects.translation.Inbound;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.request.ChatRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The schemas of JSON-Schema-Test-Suite (draft 2020-12) in the requests that every dialect writes.
 * Each obeys what the vendor documents, as a root and as a property.
 */
class VendorSchemasTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<ObjectNode> SCHEMAS = schemas();
  private static final Asked RESPONSES = asked(new OpenAiDialect(), "gpt-5", "responses-only");
  private static final Asked CLAUDE = asked(new AnthropicDialect(), "claude-sonnet-4-5");
  private static final Asked BEDROCK =
      asked(new BedrockDialect(), "us.anthropic.claude-sonnet-4-5-20250929-v1:0");
  private static final Asked GEMINI = asked(new GeminiDialect(), "gemini-2.5-pro");
  private static final Asked OWN_ONLY =
      asked(new GeminiDialect(), "gemini-2.5-pro", "no-json-schema-tools");
  private static final Asked OLLAMA = asked(new OllamaDialect(), "llama");

  private static Asked asked(Dialect dialect, String model, String... quirks) {
    return Asked.of(dialect, "https://acme.test", model, quirks);
  }

  private static List<ObjectNode> schemas() {
    List<ObjectNode> schemas = new ArrayList<>();
    try {
      for (String line :
          Files.readAllLines(Path.of("src/test/resources/json-schema-test-suite/schemas.jsonl"))) {
        JsonNode schema = StrictJson.tree(line.getBytes(StandardCharsets.UTF_8)).path("schema");
        if (schema instanceof ObjectNode root) {
          schemas.add(root);
        }
        ObjectNode object = NODES.objectNode().put("type", "object");
        object.putObject("properties").set("p", schema);
        object.putArray("required").add("p");
        schemas.add(object.put("additionalProperties", false));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  private static ChatRequest tool(JsonNode schema, boolean strict) {
    ObjectNode function = NODES.objectNode().put("name", "f");
    function.set("parameters", schema);
    function.put("strict", strict);
    ObjectNode tool = NODES.objectNode().put("type", "function");
    tool.set("function", function);
    return request("tools", NODES.arrayNode().add(tool));
  }

  private static ChatRequest output(JsonNode schema) {
    ObjectNode format = NODES.objectNode().put("type", "json_schema");
    ObjectNode named = format.putObject("json_schema").put("name", "n").put("strict", true);
    named.set("schema", schema);
    return request("response_format", format);
  }

  private static ChatRequest request(String name, JsonNode member) {
    ObjectNode body = NODES.objectNode().put("model", "m");
    body.putArray("messages").addObject().put("role", "user").put("content", "hi");
    body.set(name, member);
    return Asked.SURFACE.readRequest(Inbound.post("/v1/chat/completions", body.toString()));
  }

  private static void obey(
      Function<JsonNode, JsonNode> sent, Function<JsonNode, List<String>> rules) {
    List<String> violations = new ArrayList<>();
    for (ObjectNode schema : SCHEMAS) {
      JsonNode fitted = sent.apply(schema);
      if (!fitted.isMissingNode()) {
        rules.apply(fitted).forEach(broken -> violations.add(broken + " from " + schema));
      }
    }
    assertThat(violations).isEmpty();
  }

  private static JsonNode body(Asked asked, ChatRequest request) {
    return StrictJson.tree(asked.write(request).body());
  }

  @Test
  void openAisToolsAreStrictOnlyIfTheirSchemasCanBe() {
    obey(
        schema -> strictly(body(RESPONSES, tool(schema, true)).at("/tools/0"), "parameters", true),
        VendorRules::openAiStrict);
    obey(
        schema -> strictly(body(RESPONSES, tool(schema, true)).at("/tools/0"), "parameters", false),
        VendorRules::openAi);
    obey(
        schema -> body(RESPONSES, tool(schema, false)).at("/tools/0/parameters"),
        VendorRules::openAi);
  }

  @Test
  void openAisOutputIsStrictOnlyIfItsSchemaCanBe() {
    obey(
        schema -> strictly(body(RESPONSES, output(schema)).at("/text/format"), "schema", true),
        VendorRules::openAiStrict);
    obey(
        schema -> strictly(body(RESPONSES, output(schema)).at("/text/format"), "schema", false),
        VendorRules::openAi);
  }

  private static JsonNode strictly(JsonNode holder, String name, boolean strict) {
    return holder.path("strict").asBoolean() == strict ? holder.path(name) : NODES.missingNode();
  }

  @Test
  void claudesOutputObeysTheLimitsOfStructuredOutputs() {
    obey(
        schema -> body(CLAUDE, output(schema)).at("/output_config/format/schema"),
        VendorRules::claudeStructured);
    obey(schema -> text(body(BEDROCK, output(schema))), VendorRules::claudeStructured);
  }

  private static JsonNode text(JsonNode body) {
    JsonNode text = body.at("/outputConfig/textFormat/structure/jsonSchema/schema");
    return text.isMissingNode()
        ? text
        : StrictJson.tree(text.asText().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void claudesToolsHaveAnObjectAtTheRoot() {
    obey(
        schema -> body(CLAUDE, tool(schema, false)).at("/tools/0/input_schema"),
        VendorRules::claudeTools);
    obey(
        schema ->
            body(BEDROCK, tool(schema, false)).at("/toolConfig/tools/0/toolSpec/inputSchema/json"),
        VendorRules::claudeTools);
    obey(
        schema -> body(CLAUDE, output(schema)).at("/tools/0/input_schema"),
        VendorRules::claudeTools);
  }

  @Test
  void claudesStrictToolsObeyTheLimitsOfStructuredOutputs() {
    obey(
        schema -> strictly(body(CLAUDE, tool(schema, true)).at("/tools/0"), "input_schema", true),
        VendorRules::claudeStructured);
    obey(
        schema -> strictly(body(CLAUDE, tool(schema, true)).at("/tools/0"), "input_schema", false),
        VendorRules::claudeTools);
  }

  @Test
  void geminisToolsAreInItsOwnSchemaOrInJsonSchema() {
    String declaration = "/tools/0/functionDeclarations/0/";
    obey(
        schema -> body(GEMINI, tool(schema, false)).at(declaration + "parameters"),
        VendorRules::gemini);
    obey(
        schema -> body(OWN_ONLY, tool(schema, false)).at(declaration + "parameters"),
        VendorRules::gemini);
    obey(
        schema -> body(GEMINI, tool(schema, false)).at(declaration + "parametersJsonSchema"),
        VendorRules::claudeTools);
  }

  @Test
  void geminisOutputHasTheKeywordsThatGoogleLists() {
    obey(
        schema -> body(GEMINI, output(schema)).at("/generationConfig/responseJsonSchema"),
        VendorRules::geminiResponse);
  }

  @Test
  void ollamasFormatHasNoPatternsButAnchoredOnes() {
    obey(schema -> body(OLLAMA, output(schema)).path("format"), VendorRules::ollamaFormat);
  }

  @Test
  void ollamasToolsHaveNoReferences() {
    obey(
        schema -> body(OLLAMA, tool(schema, false)).at("/tools/0/function/parameters"),
        VendorRules::ollamaTools);
  }
}
