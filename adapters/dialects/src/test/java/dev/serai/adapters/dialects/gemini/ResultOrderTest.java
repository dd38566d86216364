package dev.serai.adapters.dialects.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.ollama.OllamaDialect;
import dev.serai.adapters.dialects.pairs.Client;
import dev.serai.adapters.dialects.translation.Asked;
import dev.serai.core.request.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results of parallel calls have the order of their calls where a provider gets no ids. */
class ResultOrderTest {
  private static final String BASE = "https://vertex.test/v1";
  private static final Asked VERTEX =
      Asked.of(new GeminiDialect(), BASE, "gemini-2.5-pro", "no-call-ids");
  private static final String CALLS =
      "{'role':'assistant','tool_calls':["
          + "{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}},"
          + "{'id':'b','type':'function','function':{'name':'f','arguments':'{}'}}]},";
  private static final String CHAT =
      "{'role':'user','content':'x'},"
          + CALLS
          + "{'role':'tool','tool_call_id':'b','content':'of b'},"
          + "{'role':'tool','tool_call_id':'a','content':'of a'}";

  private static ChatRequest read(Client client, String json) {
    return client.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), false);
  }

  /** The results in the order in which a body has them. */
  private static List<String> results(ChatRequest request) {
    List<String> results = new ArrayList<>();
    JsonNode body = StrictJson.tree(VERTEX.write(request).body());
    for (JsonNode content : body.path("contents")) {
      for (JsonNode part : content.path("parts")) {
        JsonNode result = part.path("functionResponse");
        if (!result.isMissingNode()) {
          assertThat(result.has("id")).isFalse();
          result.path("response").elements().forEachRemaining(text -> results.add(text.asText()));
        }
      }
    }
    return results;
  }

  @Test
  void resultsOfAChatFollowTheOrderOfTheirCalls() {
    assertThat(results(Asked.saying(CHAT, ""))).containsExactly("of a", "of b");
  }

  @Test
  void resultsOfTurnsThatReuseIdsStayInTheirTurn() {
    String second = CHAT.substring(CHAT.indexOf(CALLS)).replace("of ", "again ");
    assertThat(results(Asked.saying(CHAT + "," + second, "")))
        .containsExactly("of a", "of b", "again a", "again b");
  }

  @Test
  void resultsOfMessagesFollowTheOrderOfTheirCalls() {
    String messages =
        "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'x'},"
            + "{'role':'assistant','content':["
            + "{'type':'tool_use','id':'a','name':'f','input':{}},"
            + "{'type':'tool_use','id':'b','name':'f','input':{}}]},"
            + "{'role':'user','content':["
            + "{'type':'tool_result','tool_use_id':'b','content':'of b'},"
            + "{'type':'tool_result','tool_use_id':'a','content':'of a'}]}]}";
    assertThat(results(read(Client.ANTHROPIC, messages))).containsExactly("of a", "of b");
  }

  @Test
  void resultsOfTheResponsesApiFollowTheOrderOfTheirCalls() {
    String input =
        "{'model':'m','input':[{'role':'user','content':'x'},"
            + "{'type':'function_call','call_id':'a','name':'f','arguments':'{}'},"
            + "{'type':'function_call','call_id':'b','name':'f','arguments':'{}'},"
            + "{'type':'function_call_output','call_id':'b','output':'of b'},"
            + "{'type':'function_call_output','call_id':'a','output':'of a'}]}";
    assertThat(results(read(Client.RESPONSES, input))).containsExactly("of a", "of b");
  }

  @Test
  void resultsOfGeminiClientsFollowTheOrderOfTheirCalls() {
    for (String between : new String[] {",", "]},{'role':'user','parts':["}) {
      String contents =
          "{'contents':[{'role':'user','parts':[{'text':'x'}]},{'role':'model','parts':["
              + "{'functionCall':{'id':'a','name':'f','args':{}}},"
              + "{'functionCall':{'id':'b','name':'f','args':{}}}]},{'role':'user','parts':["
              + "{'functionResponse':{'id':'b','name':'f','response':{'r':'of b'}}}"
              + between
              + "{'text':'y'},"
              + "{'functionResponse':{'name':'f','id':'a','response':{'r':'of a'}}}]}]}";
      assertThat(results(read(Client.GEMINI, contents))).containsExactly("of a", "of b");
    }
  }

  @Test
  void contentsInOrderKeepTheirBytes() {
    byte[] bytes =
        ("{\"contents\":[{\"parts\":[{\"functionCall\":{\"id\":\"a\",\"name\":\"f\"}}]},"
                + "{\"parts\":[{\"functionResponse\":{\"id\":\"a\"}},"
                + "{\"functionResponse\":{\"id\":\"?\"}}]}]}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(ResultOrder.splice(bytes)).isSameAs(bytes);
  }

  @Test
  void ollamaReceivesResultsInTheOrderOfTheirCalls() {
    Asked ollama = Asked.of(new OllamaDialect(), "http://localhost:11434", "qwen3:8b");
    assertThat(ollama.member("messages", Asked.saying(CHAT, "")))
        .containsSubsequence("of a", "of b");
  }
}
