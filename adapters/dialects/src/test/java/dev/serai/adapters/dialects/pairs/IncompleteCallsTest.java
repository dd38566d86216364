package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.gemini.GeminiDialect;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of Gemini that are not complete become neither calls nor the end of a response. */
class IncompleteCallsTest {
  private static final Pair GEMINI = new Pair(Client.OPENAI, new GeminiDialect());

  @Test
  void aCallOfGeminiWithoutANameIsLeftOutAndNamed() {
    byte[] reply = gemini("{'text':'a'},{'functionCall':{}}");
    ChatRequest request = Client.OPENAI.hello(false);
    ChatResponse read = GEMINI.dialect().readResponse(request, reply, GEMINI.target());
    assertThat(read.dropped()).containsExactly("candidates.content.parts.functionCall");
    JsonNode told = StrictJson.tree(GEMINI.answered(request, reply, GEMINI.target()));
    assertThat(told.at("/choices/0/message/tool_calls").isMissingNode()).isTrue();
    assertThat(told.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    String streamed = new String(told(reply), UTF_8);
    assertThat(streamed).doesNotContain("tool_calls").contains("\"finish_reason\":\"stop\"");
  }

  @Test
  void argumentsOfGeminiInPiecesAreRefused() {
    for (String call :
        List.of(
            "{'name':'f','willContinue':true}",
            "{'partialArgs':[{'jsonPath':'$.a','stringValue':'b'}]}")) {
      byte[] reply = gemini("{'functionCall':" + call + "}");
      assertThatThrownBy(() -> GEMINI.answered(Client.OPENAI.hello(false), reply, GEMINI.target()))
          .isInstanceOf(ProviderProblem.class)
          .hasMessageContaining("partialArgs");
      assertThat(new String(told(reply), UTF_8)).contains("partialArgs");
    }
  }

  private static byte[] told(byte[] reply) {
    ChatRequest request = Client.OPENAI.hello(true);
    String event = "data: " + new String(reply, UTF_8) + "\n\n";
    return GEMINI.told(request, List.of(Pair.bytes(event)));
  }

  private static byte[] gemini(String parts) {
    return Pair.bytes(
        "{'candidates':[{'content':{'parts':[" + parts + "]},'finishReason':'STOP','index':0}]}");
  }
}
