package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.Dropped;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.problem.FailureCause;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replies of OpenAI-like servers in forms that OpenAI does not send: nothing of them is lost. */
class OddRepliesTest {
  private static final String HEAD = "{'id':'c','model':'m','choices':[{'index':0,";
  private static final Pair TO_MESSAGES = new Pair(Client.ANTHROPIC, new OpenAiDialect());
  private static final Pair TO_RESPONSES = new Pair(Client.RESPONSES, new OpenAiDialect());

  private static ChatResponse read(Pair pair, String reply) {
    return pair.dialect()
        .readResponse(pair.client().hello(false), Pair.bytes(reply), pair.target());
  }

  private static List<ChatEvent> heard(Pair pair, String... chunks) {
    StringBuilder stream = new StringBuilder();
    for (String chunk : chunks) {
      stream.append("data: ").append(chunk).append("\n\n");
    }
    ChatRequest request = pair.client().hello(true);
    pair.write(request);
    return pair.heard(request, List.of(Pair.bytes(stream + "data: [DONE]\n\n")));
  }

  @TestFactory
  Stream<DynamicTest> aSecondChoiceIsReportedToClientsThatTakeOne() {
    Set<Client> one = Set.of(Client.ANTHROPIC, Client.RESPONSES, Client.OLLAMA);
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("openai")) && !pair.same()),
        pair -> {
          boolean reported = one.contains(pair.client());
          String whole =
              HEAD
                  + "'message':{'content':'a'},'finish_reason':'stop'},{'index':1,'message':"
                  + "{'content':'b'},'finish_reason':'stop'}]}";
          assertThat(read(pair, whole).dropped().contains("choices")).isEqualTo(reported);
          List<ChatEvent> events =
              heard(pair, whole.replace("'message'", "'delta'"), "{'id':'c','choices':[]}");
          assertThat(events.contains(new Dropped("choices"))).isEqualTo(reported);
        });
  }

  /** OpenRouter reports a failure of the provider behind it in the choice, with status 200. */
  @TestFactory
  Stream<DynamicTest> anErrorOfAChoiceIsAnErrorOfTheProvider() {
    String error = "'finish_reason':'error','error':{'code':429,'message':'it is busy'}}]}";
    return Stream.of(error, error.replace("'error':{", "'\\u0065rror':{"))
        .flatMap(
            written ->
                Pair.each(
                    Pair.all().filter(pair -> pair.goesTo(Set.of("openai"))),
                    pair -> assertFails(pair, written)));
  }

  private static void assertFails(Pair pair, String error) {
    byte[] whole = Pair.bytes(HEAD + "'message':{'content':'half'}," + error);
    assertThatThrownBy(() -> pair.answered(pair.client().hello(false), whole, pair.target()))
        .isInstanceOfSatisfying(
            ProviderProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.failureCause()).isEqualTo(FailureCause.RATE_LIMITED);
              assertThat(problem).hasMessageContaining("it is busy");
            });
    assertThat(heard(pair, HEAD + "'delta':{'content':'half'}," + error).getLast())
        .isInstanceOfSatisfying(
            ChatEvent.Failed.class,
            failed -> assertThat(failed.problem()).hasMessageContaining("it is busy"));
  }

  @Test
  void anErrorOfAChoiceThatIsNullIsNone() {
    String end = "{'content':'a'},'finish_reason':'stop','error':null}]}";
    assertThat(read(TO_MESSAGES, HEAD + "'message':" + end).choices()).hasSize(1);
    assertThat(heard(TO_MESSAGES, HEAD + "'delta':" + end))
        .noneMatch(ChatEvent.Failed.class::isInstance);
  }

  @Test
  void aRefusalAmongThePartsIsARefusal() {
    String parts = "{'content':[{'type':'text','text':'a'},{'type':'refusal','refusal':'no'}]}";
    ChatResponse response =
        read(TO_MESSAGES, HEAD + "'message':" + parts + ",'finish_reason':'stop'}]}");
    assertThat(response.choices().getFirst().refusal()).contains("no");
    assertThat(response.dropped()).isEmpty();
    assertThat(heard(TO_MESSAGES, HEAD + "'delta':" + parts + ",'finish_reason':'stop'}]}"))
        .contains(new ChatEvent.TextDelta(0, "a"), new ChatEvent.RefusalDelta(0, "no"))
        .noneMatch(Dropped.class::isInstance);
  }

  @Test
  void argumentsThatAreAListAreKept() {
    String call =
        "{'tool_calls':[{'index':0,'id':'a','function':{'name':'look','arguments':['x']}}]}";
    ChatResponse response =
        read(TO_MESSAGES, HEAD + "'message':" + call + ",'finish_reason':'tool_calls'}]}");
    assertThat(response.choices().getFirst().toolCalls().getFirst().arguments())
        .isEqualTo("[\"x\"]");
    assertThat(heard(TO_MESSAGES, HEAD + "'delta':" + call + ",'finish_reason':'tool_calls'}]}"))
        .contains(new ChatEvent.ToolArgumentsDelta(0, 0, "[\"x\"]"));
  }

  /** Some models write {@code null} where they have no arguments to give. */
  @TestFactory
  Stream<DynamicTest> argumentsThatAreNullAreNone() {
    String begun = "'tool_calls':[{'index':0,'id':'a','function':{'name':'look','arguments':";
    String more = "'tool_calls':[{'index':0,'function':{'arguments':'";
    return Pair.each(
        Pair.all().filter(pair -> pair.goesTo(Set.of("openai")) && !pair.same()),
        pair -> {
          for (String none : List.of("'null'", "null", "' '")) {
            String call = begun + none + "}}]}";
            String whole = HEAD + "'message':{" + call + ",'finish_reason':'tool_calls'}]}";
            assertThat(read(pair, whole).choices().getFirst().toolCalls().getFirst().arguments())
                .isEqualTo("{}");
          }
          assertThat(
                  heard(
                      pair,
                      HEAD + "'delta':{" + begun + "'nu'}}]}}]}",
                      HEAD + "'delta':{" + more + "ll'}}]},'finish_reason':'tool_calls'}]}"))
              .contains(new ChatEvent.ToolArgumentsDelta(0, 0, "{}"))
              .doesNotContain(new ChatEvent.ToolArgumentsDelta(0, 0, "null"));
          assertThat(
                  heard(
                      pair,
                      HEAD + "'delta':{" + begun + "'nul'}}]}}]}",
                      HEAD + "'delta':{" + more + "lify'}}]},'finish_reason':'tool_calls'}]}"))
              .contains(new ChatEvent.ToolArgumentsDelta(0, 0, "nullify"));
        });
  }

  @Test
  void aCallOfNoToolIsReported() {
    String calls =
        "'tool_calls':[{'id':'a','function':{'name':'look','arguments':'{}'}},"
            + "{'id':'b','function':{'name':'','arguments':'{}'}}]";
    assertThat(
            read(TO_MESSAGES, HEAD + "'message':{" + calls + "},'finish_reason':'tool_calls'}]}")
                .dropped())
        .containsExactly("choices.message.tool_calls");
  }

  @Test
  void sourcesThatComeAfterACallAreInAMessageOfTheirOwn() {
    String source =
        "{'type':'url_citation','url_citation':{'start_index':0,'end_index':1,'url':'u'}}";
    List<ChatEvent> events =
        heard(
            TO_RESPONSES,
            HEAD + "'delta':{'content':'abc'}}]}",
            HEAD
                + "'delta':{'tool_calls':[{'index':0,'id':'a','function':{'name':'look','arguments':"
                + "'{}'}}]}}]}",
            HEAD + "'delta':{'annotations':[" + source + "]},'finish_reason':'tool_calls'}]}");
    byte[] told = TO_RESPONSES.rendered(Client.RESPONSES.hello(true), events);
    List<String> lines =
        new String(told, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("data: "))
            .toList();
    String last = lines.getLast();
    JsonNode output =
        StrictJson.tree(last.substring(6).getBytes(StandardCharsets.UTF_8)).at("/response/output");
    assertThat(output.at("/2/content/0/annotations/0/url").asText()).isEqualTo("u");
  }
}
