package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.openai.OpenAiDialect;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Log probabilities from Ollama, and for its clients, streamed or not. */
class OllamaLogprobsTest {
  private static final Pair TO_OLLAMA = new Pair(Client.OPENAI, new OllamaDialect());
  private static final Pair TO_CHATS = new Pair(Client.OLLAMA, new OpenAiDialect());
  private static final String SO =
      "{'token':'So','logprob':-0.25,'bytes':[83,111],'top_logprobs':[{'token':'No',"
          + "'logprob':-2,'bytes':[78,111]}]}";
  private static final String BE = "{'token':' be','logprob':-1.5,'bytes':[32,98,101]}";
  private static final String BE_IN_CHAT = BE.replace("]}", "],'top_logprobs':[]}");

  private static String chunk(String text, String more) {
    return "{'model':'m','created_at':'2026-01-02T03:04:05Z','message':{'role':'assistant',"
        + "'content':'"
        + text
        + "'},"
        + more
        + "}";
  }

  private static String text(JsonNode json) {
    return json.toString().replace('"', '\'');
  }

  private static JsonNode answered(Pair pair, String reply) {
    ChatRequest request = pair.client().hello(false);
    assertThat(pair.dialect().readResponse(request, Pair.bytes(reply), pair.target()).dropped())
        .isEmpty();
    return StrictJson.tree(pair.answered(request, Pair.bytes(reply), pair.target()));
  }

  private static List<JsonNode> lines(byte[] told, String prefix) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(told, UTF_8).split("\n")) {
      if (line.startsWith(prefix + "{")) {
        lines.add(StrictJson.tree(line.substring(prefix.length()).getBytes(UTF_8)));
      }
    }
    return lines;
  }

  @Test
  void theyAreInTheChat() {
    String reply =
        chunk("So be", "'done':true,'done_reason':'stop','logprobs':[" + SO + "," + BE + "]");
    assertThat(text(answered(TO_OLLAMA, reply).at("/choices/0/logprobs/content")))
        .isEqualTo("[" + SO + "," + BE_IN_CHAT + "]");
  }

  @Test
  void theyAreInTheChunksOfTheirText() {
    byte[] stream =
        Pair.bytes(
            chunk("So", "'done':false,'logprobs':[" + SO + "]")
                + "\n"
                + chunk(" be", "'done':false,'logprobs':[" + BE + "]")
                + "\n"
                + chunk("", "'done':true,'done_reason':'stop'")
                + "\n");
    List<JsonNode> chunks =
        lines(TO_OLLAMA.told(Client.OPENAI.hello(true), List.of(stream)), "data: ");
    assertThat(chunks)
        .filteredOn(chunk -> !chunk.at("/choices/0/logprobs/content").isEmpty())
        .extracting(
            chunk -> chunk.at("/choices/0/delta/content").asText(),
            chunk -> text(chunk.at("/choices/0/logprobs/content")))
        .containsExactly(tuple("So", "[" + SO + "]"), tuple(" be", "[" + BE_IN_CHAT + "]"));
  }

  @Test
  void aClientOfOllamaReceivesThem() {
    String reply =
        "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant','content':'So'},"
            + "'finish_reason':'stop','logprobs':{'content':["
            + SO
            + "]}}]}";
    assertThat(text(answered(TO_CHATS, reply).path("logprobs"))).isEqualTo("[" + SO + "]");
  }

  @Test
  void aClientOfOllamaReceivesThemInTheLinesOfTheirText() {
    String head = "data: {'id':'c','model':'m','choices':[{'index':0,";
    byte[] stream =
        Pair.bytes(
            head
                + "'delta':{'content':'So'},'logprobs':{'content':["
                + SO
                + "]}}]}\n\n"
                + head
                + "'delta':{},'finish_reason':'stop'}]}\n\ndata: [DONE]\n\n");
    List<JsonNode> lines = lines(TO_CHATS.told(Client.OLLAMA.hello(true), List.of(stream)), "");
    assertThat(lines)
        .filteredOn(line -> line.has("logprobs"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.at("/message/content").asText()).isEqualTo("So");
              assertThat(text(line.path("logprobs"))).isEqualTo("[" + SO + "]");
            });
  }

  @Test
  void sourcesHaveNoPlaceInOllamaAndAreNamed() {
    String reply =
        "{'id':'c','model':'m','choices':[{'index':0,'message':{'role':'assistant','content':'So',"
            + "'annotations':[{'type':'url_citation','url_citation':{'url':'https://a.test'}}]},"
            + "'finish_reason':'stop'}],'citations':['https://a.test']}";
    assertThat(
            TO_CHATS
                .dialect()
                .readResponse(Client.OLLAMA.hello(false), Pair.bytes(reply), TO_CHATS.target())
                .dropped())
        .containsExactlyInAnyOrder("choices.message.annotations", "citations");
  }
}
