package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.dialect.Destination;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A provider of OpenAI's dialect gets its reasoning back in the form in which it sent it, through
 * clients of other dialects; no other provider gets it. Ollama's clients have no place for it.
 */
class ReturnedReasoningTest {
  private static final String TEXT = "{'type':'reasoning.text','text':'hm, well',";
  private static final String DETAILS =
      "["
          + TEXT
          + "'format':'google-gemini-v1','index':0},{'type':'reasoning.encrypted','data':'SIGNED',"
          + "'id':'c1','format':'google-gemini-v1','index':0}]";
  private static final String CALL =
      "{'id':'c1','type':'function','function':{'name':'look','arguments':'{}'}}";
  private static final String IN_CONTENT =
      "[{'type':'thinking','thinking':[{'type':'text','text':'hm, well'}]},"
          + "{'type':'text','text':'Yes.'}]";

  private static final String SIGNED = "'extra_content':{'google':{'thought_signature':'SIG'}}";

  private static Stream<Pair> pairs() {
    return Stream.of(Client.RESPONSES, Client.ANTHROPIC, Client.GEMINI)
        .map(client -> new Pair(client, new OpenAiDialect()));
  }

  private static byte[] respond(String reasoning, String content) {
    return Pair.bytes(
        "{'id':'x','created':1,'model':'m','choices':[{'index':0,'message':{'role':'assistant',"
            + "'content':"
            + content
            + reasoning
            + ",'tool_calls':["
            + CALL
            + "]},'finish_reason':'tool_calls'}]}");
  }

  private static byte[] stream(String... deltas) {
    StringBuilder events = new StringBuilder();
    for (String delta : deltas) {
      events.append("data: {'id':'x','created':1,'model':'m','choices':[{'index':0,'delta':{");
      events.append(delta).append("}}]}\n\n");
    }
    events.append(
        "data: {'id':'x','choices':[{'index':0,'delta':{},'finish_reason':'tool_calls'}]}");
    return Pair.bytes(events.append("\n\ndata: [DONE]\n\n").toString());
  }

  private static String called() {
    return "'tool_calls':[" + CALL.replace("{'id'", "{'index':0,'id'") + "]";
  }

  /** The message of the assistant in the next request to the provider of that name. */
  private static JsonNode returned(Pair pair, byte[] response, boolean streamed, String provider) {
    ProviderRequest written = next(pair, response, streamed, provider);
    return Pair.body(written).path("messages").findParent("tool_calls");
  }

  private static ProviderRequest next(
      Pair pair, byte[] response, boolean streamed, String provider) {
    Client client = pair.client();
    ChatRequest request = client.ask(client.tools() + "," + turn(client), streamed);
    pair.dialect().writeRequest(request, pair.target());
    JsonNode told =
        streamed
            ? Gathered.of(client, pair.told(request, List.of(response)))
            : StrictJson.tree(pair.answered(request, response, pair.target()));
    ObjectNode next = client.next(request.bytes(), told, List.of("found"));
    Destination destination = Pair.target(pair.dialect(), provider);
    return pair.dialect().writeRequest(client.read(Client.bytes(next), false), destination);
  }

  private static String turn(Client client) {
    return client.say(
        "", "'input':[{'role':'user','content':'hi'}]", client.user("hi"), client.user("hi"), "");
  }

  @TestFactory
  Stream<DynamicTest> openRoutersDetailsComeBackAsTheyCame() {
    byte[] response = respond(",'reasoning':'hm, well','reasoning_details':" + DETAILS, "''");
    return Pair.each(
        pairs(),
        pair -> {
          JsonNode message = returned(pair, response, false, "acme");
          assertThat(message.path("reasoning_details"))
              .isEqualTo(StrictJson.tree(Pair.bytes(DETAILS)));
          assertThat(message.at("/tool_calls/0/id").asText()).isEqualTo("c1");
        });
  }

  @TestFactory
  Stream<DynamicTest> streamedDetailsAreJoinedAndEncryptedOnesMayComeAfterTheCall() {
    String[] pieces = {
      "'reasoning':'hm,','reasoning_details':[" + TEXT.replace(" well", "") + "'index':0}]",
      "'reasoning':' well','reasoning_details':["
          + TEXT.replace("hm,", "")
          + "'format':'google-gemini-v1','index':0}]",
      called(),
      "'content':'','reasoning_details':[{'type':'reasoning.encrypted','data':'SIGNED','id':'c1',"
          + "'format':'google-gemini-v1','index':0}]"
    };
    return Pair.each(
        pairs(),
        pair ->
            assertThat(returned(pair, stream(pieces), true, "acme").path("reasoning_details"))
                .isEqualTo(StrictJson.tree(Pair.bytes(DETAILS))));
  }

  @TestFactory
  Stream<DynamicTest> aSignatureEndsADetail() {
    String first = "{'type':'reasoning.text','text':'a','index':0,'signature':'s1'}";
    String second = "{'type':'reasoning.text','text':'b','index':0,'signature':'s2'}";
    byte[] wire =
        stream(
            "'reasoning_details':[{'type':'reasoning.text','text':'a','index':0}]",
            "'reasoning_details':[{'type':'reasoning.text','index':0,'signature':'s1'}]",
            "'reasoning_details':[" + second + "]",
            called());
    return Pair.each(
        pairs(),
        pair ->
            assertThat(returned(pair, wire, true, "acme").path("reasoning_details"))
                .isEqualTo(StrictJson.tree(Pair.bytes("[" + first + "," + second + "]"))));
  }

  private static String details(String... details) {
    return "'reasoning_details':[" + String.join(",", details) + "]";
  }

  private static void comeBack(Pair pair, byte[] wire, String... expected) {
    assertThat(returned(pair, wire, true, "acme").path("reasoning_details"))
        .isEqualTo(StrictJson.tree(Pair.bytes("[" + String.join(",", expected) + "]")));
  }

  @TestFactory
  Stream<DynamicTest> aSignatureBehindTheContentJoinsItsDetail() {
    byte[] wire =
        stream(
            details("{'type':'reasoning.text','text':'a','index':0}"),
            "'content':'ans'",
            called(),
            details("{'type':'reasoning.text','signature':'SG','index':0}"));
    return Pair.each(
        pairs(),
        pair ->
            comeBack(
                pair, wire, "{'type':'reasoning.text','text':'a','index':0,'signature':'SG'}"));
  }

  @TestFactory
  Stream<DynamicTest> alternatingDetailsAreJoinedByTypeIndexAndId() {
    String summary = "{'type':'reasoning.summary','summary':'%s','index':%d}";
    String sealed = "{'type':'reasoning.encrypted','data':'%s','index':0,'id':'%s'}";
    String seal = "{'type':'reasoning.encrypted','data':'%s','index':0}";
    byte[] wire =
        stream(
            details(summary.formatted("a", 0), summary.formatted("c", 1)),
            details(summary.formatted("b", 0)),
            details(summary.formatted("d", 1), sealed.formatted("EN", "rs")),
            details(sealed.formatted("X", "other"), sealed.formatted("C", "rs")),
            details(seal.formatted("Y"), seal.formatted("Z")),
            called());
    return Pair.each(
        pairs(),
        pair ->
            comeBack(
                pair,
                wire,
                summary.formatted("ab", 0),
                summary.formatted("cd", 1),
                sealed.formatted("ENC", "rs"),
                sealed.formatted("X", "other"),
                seal.formatted("Y"),
                seal.formatted("Z")));
  }

  @TestFactory
  Stream<DynamicTest> detailsWithoutIndexAndIdAreJoinedWhereTheyFollowEachOther() {
    String text = "{'type':'reasoning.text','text':'%s'}";
    byte[] wire =
        stream(
            details(text.formatted("a")),
            details(text.formatted("b"), "{'type':'reasoning.summary','summary':'s'}"),
            details(text.formatted("c")),
            "'content':'ans'",
            details(text.formatted("d")),
            called());
    return Pair.each(
        pairs(),
        pair ->
            comeBack(
                pair,
                wire,
                text.formatted("ab"),
                "{'type':'reasoning.summary','summary':'s'}",
                text.formatted("c"),
                text.formatted("d")));
  }

  @TestFactory
  Stream<DynamicTest> theDetailsOfAWholeResponseAreNotJoined() {
    String one = "{'type':'reasoning.summary','summary':'a','index':0}";
    byte[] response = respond("," + details(one, one), "''");
    return Pair.each(
        pairs(),
        pair ->
            assertThat(returned(pair, response, false, "acme").path("reasoning_details"))
                .isEqualTo(StrictJson.tree(Pair.bytes("[" + one + "," + one + "]"))));
  }

  /** DeepSeek requires it with calls, and it may be empty (api-docs.deepseek.com). */
  @TestFactory
  Stream<DynamicTest> emptyReasoningContentWithCallsComesBack() {
    String empty = "'reasoning_content':''";
    return Pair.each(
        pairs(),
        pair -> {
          for (JsonNode message :
              List.of(
                  returned(pair, respond("," + empty, "null"), false, "acme"),
                  returned(pair, respond("," + empty, "'Yes.'"), false, "acme"),
                  returned(pair, stream(empty, called()), true, "acme"),
                  returned(pair, stream(empty, "'content':'Yes.'", called()), true, "acme"))) {
            assertThat(message.path("reasoning_content").textValue()).isEmpty();
          }
          assertThat(returned(pair, stream(called()), true, "acme").has("reasoning_content"))
              .isFalse();
          byte[] thought = stream(empty, "'reasoning_content':'hm'", called(), empty);
          assertThat(returned(pair, thought, true, "acme").path("reasoning_content").textValue())
              .isEqualTo("hm");
        });
  }

  @TestFactory
  Stream<DynamicTest> textComesBackInTheMemberThatItCameIn() {
    return Stream.of("reasoning", "reasoning_content")
        .flatMap(
            member ->
                Pair.each(
                    pairs(),
                    pair -> {
                      byte[] whole = respond(",'" + member + "':'hm, well'", "'Yes.'");
                      byte[] wire =
                          stream("'" + member + "':'hm, '", "'" + member + "':'well'", called());
                      for (JsonNode message :
                          List.of(
                              returned(pair, whole, false, "acme"),
                              returned(pair, wire, true, "acme"))) {
                        assertThat(message.path(member).asText()).isEqualTo("hm, well");
                        assertThat(message.findValuesAsText("reasoning_details")).isEmpty();
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> partsOfTheContentComeBackAsParts() {
    return Pair.each(
        pairs(),
        pair ->
            assertThat(returned(pair, respond("", IN_CONTENT), false, "acme").path("content"))
                .isEqualTo(StrictJson.tree(Pair.bytes(IN_CONTENT))));
  }

  @TestFactory
  Stream<DynamicTest> anotherProviderGetsNoneOfItAndThatIsReported() {
    byte[] response = respond(",'reasoning':'hm, well','reasoning_details':" + DETAILS, "''");
    return Pair.each(
        pairs(),
        pair -> {
          ProviderRequest written = next(pair, response, false, "other");
          assertThat(Pair.text(written)).doesNotContain("SIGNED", "hm, well", "serai1_");
          assertThat(written.dropped()).contains("messages.reasoning_content");
        });
  }

  /** Google's OpenAI-compatible API refuses a call of Gemini 3 without its signature. */
  @TestFactory
  Stream<DynamicTest> theSignatureOfACallComesBackWithIt() {
    return Pair.each(
        pairs(),
        pair -> {
          for (boolean streamed : List.of(false, true)) {
            byte[] plain = streamed ? stream(called()) : respond("", "''");
            String arguments = "\"arguments\":\"{}\"}";
            byte[] given =
                Pair.bytes(new String(plain, UTF_8).replace(arguments, arguments + "," + SIGNED));
            JsonNode call = returned(pair, given, streamed, "acme").at("/tool_calls/0");
            assertThat(call.at("/extra_content/google/thought_signature").asText())
                .isEqualTo("SIG");
            assertThat(Pair.text(next(pair, given, streamed, "other")))
                .doesNotContain("extra_content", "serai1_");
          }
        });
  }
}
