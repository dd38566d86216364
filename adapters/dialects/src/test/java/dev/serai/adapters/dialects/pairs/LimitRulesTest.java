package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.contract.Cassettes;
import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The limits of every vendor hold for every client, and the client sees its own names. */
class LimitRulesTest {
  private static final String LONG =
      "mcp__inventory-service__list_all_open_purchase_orders.".repeat(3);
  private static final List<String> NAMES = List.of(LONG + "by_date", LONG + "by_name");
  private static final Map<String, String> NAME_LIMITS =
      Map.of(
          "openai", "[a-zA-Z0-9_-]{1,64}",
          "responses", "[a-zA-Z0-9_-]{1,64}",
          "anthropic", "[a-zA-Z0-9_-]{1,128}",
          "bedrock", "[a-zA-Z0-9_-]{1,64}",
          "gemini", "[a-zA-Z_][a-zA-Z0-9_-]{0,63}",
          "ollama", ".{1,200}");
  private static final Map<String, String> ID_LIMITS =
      Map.of(
          "openai", ".{1,40}",
          "responses", ".{1,64}",
          "anthropic", "[a-zA-Z0-9_-]+",
          "bedrock", "[a-zA-Z0-9_-]{1,64}",
          "gemini", ".+",
          "ollama", ".+");

  private static Stream<Pair> translated() {
    return Pair.all().filter(pair -> !pair.same());
  }

  /** A text with the tools {@code look} and {@code time} under long names. */
  private static String renamed(String members) {
    return members
        .replace("'name':'look'", "'name':'" + NAMES.get(0) + "'")
        .replace("'tool_name':'look'", "'tool_name':'" + NAMES.get(0) + "'")
        .replace("'name':'time'", "'name':'" + NAMES.get(1) + "'")
        .replace("'tool_name':'time'", "'tool_name':'" + NAMES.get(1) + "'");
  }

  private static ChatRequest asking(Client client, boolean streaming) {
    String choice =
        client.say(
            "'tool_choice':{'type':'function','function':{'name':'look'}},",
            "'tool_choice':{'type':'function','name':'look'},",
            "'tool_choice':{'type':'tool','name':'look'},",
            "'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':"
                + "['look','time']}},",
            "");
    String members = choice + Opening.called(client, client.tools() + ",");
    return client.ask(
        renamed(members).replace("['look','time']", "['" + String.join("','", NAMES) + "']"),
        streaming);
  }

  private static List<String> offered(Pair pair, ProviderRequest written) {
    JsonNode body = Pair.body(written);
    JsonNode tools =
        switch (pair.dialect().name()) {
          case "bedrock" -> body.at("/toolConfig/tools");
          case "gemini" -> body.at("/tools/0/functionDeclarations");
          default -> body.path("tools");
        };
    return tools.findValuesAsText("name");
  }

  @TestFactory
  @Holds(Rule.LIMITS_OF_VENDORS_HOLD)
  Stream<DynamicTest> aLongNameIsTheSameShortOneInToolsChoiceAndHistory() {
    return Pair.each(
        translated(),
        pair -> {
          ProviderRequest written = pair.write(asking(pair.client(), false));
          List<String> names = offered(pair, written);
          assertThat(names)
              .hasSize(2)
              .doesNotHaveDuplicates()
              .allMatch(name -> name.matches(NAME_LIMITS.get(pair.dialect().name())));
          Set<String> all = new HashSet<>(Pair.body(written).findValuesAsText("name"));
          all.remove("");
          assertThat(all).containsExactlyInAnyOrderElementsOf(names);
          boolean kept = pair.goesTo(Set.of("ollama"));
          assertThat(Pair.text(written).contains(LONG)).isEqualTo(kept);
        });
  }

  @TestFactory
  @Holds(Rule.LIMITS_OF_VENDORS_HOLD)
  Stream<DynamicTest> theClientSeesItsOwnNameInANonStreamingResponse() {
    return Pair.each(
        translated(),
        pair -> {
          ChatRequest request = asking(pair.client(), false);
          List<String> names = offered(pair, pair.write(request));
          byte[] response =
              new String(RoundTripTest.recorded(pair.dialect()), UTF_8)
                  .replace("\"look\"", '"' + names.get(0) + '"')
                  .replace("\"time\"", '"' + names.get(1) + '"')
                  .getBytes(UTF_8);
          byte[] told = pair.answered(request, response, pair.target());
          assertThat(pair.client().calls(StrictJson.tree(told)))
              .extracting(Client.Call::name)
              .isEqualTo(NAMES);
        });
  }

  @TestFactory
  @Holds(Rule.LIMITS_OF_VENDORS_HOLD)
  Stream<DynamicTest> theClientSeesItsOwnNameInAStream() {
    return Pair.each(
        translated(),
        pair -> {
          ChatRequest request = asking(pair.client(), true);
          List<String> names = offered(pair, pair.write(request));
          byte[] told = pair.told(request, List.of(wire(pair, names.getFirst())));
          assertThat(pair.client().calls(Gathered.of(pair.client(), told)).getFirst().name())
              .isEqualTo(NAMES.getFirst());
        });
  }

  /** A recorded stream in which the first call is of that tool. */
  private static byte[] wire(Pair pair, String tool) {
    String recording = "parallel-tools";
    String recorded = Recordings.said(pair, recording).all(ToolCallStarted.class).getFirst().name();
    byte[] bytes =
        Cassettes.bytes(
            Cassettes.folder(pair.dialect().name(), "streams").resolve(recording + ".wire"));
    String text = new String(bytes, UTF_8).replace('"' + recorded + '"', '"' + tool + '"');
    return pair.goesTo(Set.of("bedrock")) ? EventStreamMaker.of(text) : text.getBytes(UTF_8);
  }

  private static final List<String> IDS =
      List.of(
          "f:0",
          "f.0",
          "",
          "functions_list_all_open_purchase_orders_of_one_supplier_by_date:1",
          "functions_list_all_open_purchase_orders_of_one_supplier_by_date:2");

  @TestFactory
  @Holds(Rule.LIMITS_OF_VENDORS_HOLD)
  Stream<DynamicTest> idsThatAVendorRefusesAreFittedAndStayDifferent() {
    return Pair.each(
        translated().filter(pair -> pair.client() != Client.OLLAMA),
        pair -> {
          for (int i = 0; i < IDS.size(); i++) {
            String first = IDS.get(i);
            String second = IDS.get((i + 1) % IDS.size());
            idsFit(pair, first, second);
          }
        });
  }

  /** Some providers count the calls of every turn from the same id. */
  @TestFactory
  @Holds(Rule.LIMITS_OF_VENDORS_HOLD)
  Stream<DynamicTest> callsOfTheSameIdAreDistinguishedAndResultsFollowInOrder() {
    return Pair.each(
        translated().filter(pair -> pair.client() != Client.OLLAMA),
        pair -> idsFit(pair, "c1", "c1"));
  }

  private static void idsFit(Pair pair, String first, String second) {
    String members =
        Opening.called(pair.client(), pair.client().tools() + ",")
            .replace("'c1'", "'ID1'")
            .replace("'c2'", "'ID2'")
            .replace("ID1", first)
            .replace("ID2", second);
    JsonNode body = Pair.body(pair.write(pair.client().ask(members, false)));
    String id =
        Map.of("bedrock", "toolUseId", "responses", "call_id")
            .getOrDefault(pair.dialect().name(), "id");
    String dialect = pair.dialect().name();
    List<String> ids = new ArrayList<>(body.findValuesAsText(id));
    assertThat(Wire.callIds(dialect, body)).isEqualTo(Wire.answeredIds(dialect, body));
    if (!pair.goesTo(Set.of("gemini", "ollama"))) {
      assertThat(Wire.callIds(dialect, body)).doesNotHaveDuplicates();
    }
    assertThat(new HashSet<>(ids)).hasSize(2);
    assertThat(ids).allMatch(each -> each.matches(ID_LIMITS.get(dialect)));
  }

  /** The history may have begun with another provider of the same dialect. */
  @TestFactory
  Stream<DynamicTest> onlyTheIdsOfAForwardedRequestAreFitted() {
    return Pair.each(
        forwarded(),
        pair -> {
          String id = "chatcmpl-tool." + "0123456789abcdef".repeat(4);
          String tools = pair.client().tools() + ",";
          String sent = Opening.called(pair.client(), tools).replace("'c1'", "'" + id + "'");
          ProviderRequest written = pair.write(pair.client().ask(sent, false), "asked");
          JsonNode body = Pair.body(written);
          String dialect = pair.dialect().name();
          List<String> ids = Wire.callIds(dialect, body);
          assertThat(ids).isEqualTo(Wire.answeredIds(dialect, body)).hasSize(2).endsWith("c2");
          assertThat(ids.getFirst()).matches(ID_LIMITS.get(dialect)).isNotEqualTo(id);
          byte[] asked = pair.client().ask(sent, false).bytes();
          assertThat(body)
              .isEqualTo(
                  StrictJson.tree(
                      new String(asked, UTF_8).replace(id, ids.getFirst()).getBytes(UTF_8)));
        });
  }

  @TestFactory
  Stream<DynamicTest> equalIdsThatAVendorRefusesBecomeDifferentInAForwardedRequestToo() {
    return Pair.each(
        forwarded(),
        pair -> {
          for (String id : List.of("", "a.".repeat(70))) {
            String sent =
                Opening.called(pair.client(), pair.client().tools() + ",")
                    .replaceAll("'c[12]'", "'" + id + "'");
            JsonNode body = Pair.body(pair.write(pair.client().ask(sent, false)));
            String dialect = pair.dialect().name();
            List<String> ids = Wire.callIds(dialect, body);
            assertThat(ids).isEqualTo(Wire.answeredIds(dialect, body)).hasSize(2);
            assertThat(ids)
                .doesNotHaveDuplicates()
                .allMatch(each -> each.matches(ID_LIMITS.get(dialect)));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aForwardedRequestWithinTheLimitsIsTheClientsOwnArray() {
    return Pair.each(
        forwarded(),
        pair -> {
          ChatRequest request =
              pair.client().ask(Opening.called(pair.client(), pair.client().tools() + ","), false);
          assertThat(pair.write(request, "asked").body()).isSameAs(request.bytes());
        });
  }

  private static Stream<Pair> forwarded() {
    return Pair.all()
        .filter(Pair::same)
        .filter(pair -> pair.goesTo(Set.of("openai", "responses", "anthropic")));
  }

  @TestFactory
  Stream<DynamicTest> aForwardedLimitOfTokensIsRaisedToTheSmallest() {
    return Pair.each(
        forwarded().filter(pair -> pair.client() == Client.RESPONSES),
        pair -> {
          for (String model : List.of("asked", "other")) {
            ProviderRequest written =
                pair.write(pair.client().ask("'max_output_tokens':1,'input':'hi'", false), model);
            assertThat(Pair.body(written).path("max_output_tokens").intValue()).isEqualTo(16);
            assertThat(Pair.body(written).path("model").asText()).isEqualTo(model);
            assertThat(written.dropped()).containsExactly("max_output_tokens");
          }
        });
  }

  @TestFactory
  @Holds(Rule.LIMITS_OF_VENDORS_HOLD)
  Stream<DynamicTest> userStopsAndTheSmallestLimitOfTokensFitAndThatIsReported() {
    Map<String, Integer> users = Map.of("openai", 64, "responses", 64, "anthropic", 256);
    Map<String, Integer> stops = Map.of("openai", 4, "gemini", 5);
    return Pair.each(
        translated().filter(pair -> pair.client() != Client.OLLAMA),
        pair -> {
          String user = "u".repeat(300);
          String members =
              pair.client()
                  .say(
                      "'user':'" + user + "','stop':['a','b','c','d','e','f'],'max_tokens':1,",
                      "'user':'" + user + "','max_output_tokens':1,",
                      "'metadata':{'user_id':'"
                          + user
                          + "'},'stop_sequences':['a','b','c','d','e','f'],'max_tokens':1,",
                      "'generationConfig':{'maxOutputTokens':1,'stopSequences':"
                          + "['a','b','c','d','e','f']},",
                      "");
          ProviderRequest written =
              pair.write(pair.client().ask(members + pair.client().user("hi"), false));
          String dialect = pair.dialect().name();
          JsonNode body = Pair.body(written);
          JsonNode sent = body.findValue(dialect.equals("anthropic") ? "user_id" : "user");
          if (users.containsKey(dialect) && pair.client() != Client.GEMINI) {
            assertThat(sent.textValue()).hasSize(users.get(dialect)).startsWith("uuu");
            assertThat(written.dropped()).contains("user");
          }
          JsonNode words = body.findValue(dialect.equals("gemini") ? "stopSequences" : "stop");
          if (stops.containsKey(dialect) && pair.client() != Client.RESPONSES) {
            assertThat(words).hasSize(stops.get(dialect));
            assertThat(written.dropped()).contains("stop");
          }
          if (dialect.equals("responses")) {
            assertThat(body.path("max_output_tokens").intValue()).isEqualTo(16);
            assertThat(written.dropped()).contains("max_tokens");
          } else {
            assertThat(Pair.text(written)).containsPattern("[mM]ax_?\\w*_?[tT]okens':1|predict':1");
          }
        });
  }

  /** Ollama would stop at once, and other vendors refuse it. */
  @TestFactory
  Stream<DynamicTest> anEmptyStopSequenceIsNotSent() {
    return Pair.each(
        translated()
            .filter(pair -> Set.of(Client.OPENAI, Client.ANTHROPIC).contains(pair.client())),
        pair -> {
          String name = pair.client() == Client.OPENAI ? "stop" : "stop_sequences";
          ProviderRequest written =
              pair.write(
                  pair.client()
                      .ask("'" + name + "':['','END']," + pair.client().user("hi"), false));
          assertThat(written.dropped()).contains("stop");
          if (!pair.goesTo(Set.of("responses"))) {
            assertThat(Pair.text(written)).containsPattern("(?i)stop(_?sequences)?':\\['END']");
          }
        });
  }
}
