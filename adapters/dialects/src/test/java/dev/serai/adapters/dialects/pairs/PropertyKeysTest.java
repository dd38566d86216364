package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Claude models refuse some keys of parameters; the client sees its own. */
class PropertyKeysTest {
  private static final List<String> KEYS =
      List.of("city", "filter[id]", "a b", "é", "x".repeat(70), "x".repeat(71), "$ok", "a.b-c");
  private static final String ACCEPTED = "[a-zA-Z0-9_.-]{1,64}";
  private static final String SCHEMA = "{'type':'object','properties':{'city':{'type':'string'}}}";

  private static String schema() {
    List<String> properties = new ArrayList<>();
    KEYS.forEach(key -> properties.add("'" + key + "':{'type':'object','properties':{'z z':{}}}"));
    return "{'type':'object','$schema':'x','properties':{"
        + String.join(",", properties)
        + "},'required':['a b','city']}";
  }

  /** Arguments with all keys, inside and outside. */
  private static String arguments() {
    ObjectNode arguments = (ObjectNode) StrictJson.tree("{}".getBytes(UTF_8));
    KEYS.forEach(key -> arguments.putObject(key).put("a b", "say \"a b\": {"));
    return arguments.toString();
  }

  private static Stream<DynamicTest> toClaude(Pair.Claim claim) {
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("anthropic", "bedrock")) && !pair.same()),
        claim);
  }

  private static ChatRequest asking(Pair pair, boolean streaming) {
    String tools = pair.client().tools().replace(SCHEMA, schema()) + ",";
    String members =
        Opening.called(pair.client(), tools)
            .replaceFirst("'arguments':'\\{}'", "'arguments':'{\\\\u0022a b\\\\u0022:1}'")
            .replaceFirst("'(arguments|input|args)':\\{}", "'$1':{'a b':1}");
    assertThat(members).contains("filter[id]");
    return pair.client().ask(members, streaming);
  }

  private static JsonNode sentSchema(Pair pair, ProviderRequest written) {
    return Pair.body(written)
        .at(
            pair.goesTo(Set.of("bedrock"))
                ? "/toolConfig/tools/0/toolSpec/inputSchema/json"
                : "/tools/0/input_schema");
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @TestFactory
  Stream<DynamicTest> refusedKeysAreFittedOneByOneInSchemaAndHistory() {
    return toClaude(
        pair -> {
          ProviderRequest written = pair.write(asking(pair, false));
          JsonNode schema = sentSchema(pair, written);
          List<String> sent = keys(schema.path("properties"));
          assertThat(sent)
              .hasSameSizeAs(KEYS)
              .doesNotHaveDuplicates()
              .allMatch(key -> key.matches(ACCEPTED))
              .contains("city", "a.b-c");
          assertThat(schema.path("required").get(0).asText()).isEqualTo(sent.get(2));
          assertThat(schema.path("required").get(1).asText()).isEqualTo("city");
          JsonNode arguments = Wire.arguments(pair.dialect().name(), Pair.body(written)).getFirst();
          assertThat(arguments.path(sent.get(2)).asInt()).isEqualTo(1);
        });
  }

  /** What the provider says with the keys that it was sent. */
  private static String spoken(Pair pair, ChatRequest request) {
    List<String> sent = keys(sentSchema(pair, pair.write(request)).path("properties"));
    ObjectNode arguments = (ObjectNode) StrictJson.tree("{}".getBytes(UTF_8));
    sent.forEach(key -> arguments.putObject(key).put("a b", "say \"a b\": {"));
    return arguments.toString();
  }

  @TestFactory
  Stream<DynamicTest> theClientSeesItsOwnKeysInANonStreamingResponse() {
    return toClaude(
        pair -> {
          ChatRequest request = asking(pair, false);
          byte[] response = Claude.calling(pair, "look", spoken(pair, request)).getBytes(UTF_8);
          byte[] told = pair.answered(request, response, pair.target());
          String seen = pair.client().calls(StrictJson.tree(told)).getFirst().arguments();
          assertThat(StrictJson.tree(seen.getBytes(UTF_8)))
              .isEqualTo(StrictJson.tree(arguments().getBytes(UTF_8)));
        });
  }

  @TestFactory
  Stream<DynamicTest> theClientSeesItsOwnKeysInAStream() {
    return toClaude(
        pair -> {
          ChatRequest request = asking(pair, true);
          byte[] wire = Claude.streaming(pair, "look", spoken(pair, request));
          byte[] told = pair.told(request, List.of(wire));
          String seen =
              pair.client().calls(Gathered.of(pair.client(), told)).getFirst().arguments();
          assertThat(StrictJson.tree(seen.getBytes(UTF_8)))
              .isEqualTo(StrictJson.tree(arguments().getBytes(UTF_8)));
        });
  }

  @TestFactory
  Stream<DynamicTest> anAnswerByASchemaHasTheClientsOwnKeys() {
    return Pair.each(
        Pair.all()
            .filter(pair -> pair.client() == Client.OPENAI)
            .filter(pair -> pair.goesTo(Set.of("anthropic", "bedrock"))),
        pair -> {
          String quirk = "no-structured-output";
          String members = Opening.servedBy(pair.client(), schema()) + pair.client().user("hi");
          for (boolean streaming : List.of(false, true)) {
            ChatRequest request = pair.client().ask(members, streaming);
            ProviderRequest written = pair.dialect().writeRequest(request, pair.target(quirk));
            List<String> sent = keys(sentSchema(pair, written).path("properties"));
            assertThat(sent).hasSameSizeAs(KEYS).allMatch(key -> key.matches(ACCEPTED));
            String tool =
                Map.of("bedrock", "serai_structured_answer")
                    .getOrDefault(pair.dialect().name(), "serai_answer");
            String said = "{\"" + sent.get(1) + "\":\"" + sent.get(2) + "\"}";
            byte[] told =
                streaming
                    ? pair.told(request, List.of(Claude.streaming(pair, tool, said)), quirk)
                    : pair.answered(
                        request,
                        Claude.calling(pair, tool, said).getBytes(UTF_8),
                        pair.target(quirk));
            JsonNode answer = streaming ? Gathered.of(pair.client(), told) : StrictJson.tree(told);
            assertThat(answer.at("/choices/0/message/content").asText())
                .isEqualTo("{\"filter[id]\":\"" + sent.get(2) + "\"}");
          }
        });
  }
}
