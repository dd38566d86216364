package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.anthropic.AnthropicDialect;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.core.http.ProviderRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns that Claude would refuse reach it in a form that it accepts. */
class ClaudeTurnsTest {
  private static final Pair TO_ANTHROPIC = new Pair(Client.OPENAI, new AnthropicDialect());
  private static final Pair TO_BEDROCK = new Pair(Client.OPENAI, new BedrockDialect());
  private static final String ENDS_WITH_ASSISTANT =
      "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'so far'}]";

  private static ProviderRequest written(Pair pair, String model) {
    return pair.write(Client.OPENAI.ask(ENDS_WITH_ASSISTANT, false), model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-opus-4-6", "claude-sonnet-4-6", "claude-fable-5"})
  void aNewerClaudeIsAskedToContinueTheAssistantsMessage(String model) {
    for (Pair pair : List.of(TO_ANTHROPIC, TO_BEDROCK)) {
      String name = pair == TO_BEDROCK ? "us.anthropic." + model : model;
      ProviderRequest written = written(pair, name);
      assertThat(Pair.body(written).at("/messages/1/content/0/text").asText()).isEqualTo("so far");
      assertThat(Pair.body(written).at("/messages/2/role").asText()).isEqualTo("user");
      assertThat(Pair.body(written).at("/messages/2/content/0/text").asText())
          .isEqualTo("Continue.");
      assertThat(written.dropped()).containsExactly("messages.assistant");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-sonnet-4-5", "claude-3-7-sonnet-latest", "claude-opus-4-5"})
  void anOlderClaudeContinuesIt(String model) {
    for (Pair pair : List.of(TO_ANTHROPIC, TO_BEDROCK)) {
      String name = pair == TO_BEDROCK ? "us.anthropic." + model : model;
      ProviderRequest written = written(pair, name);
      assertThat(Pair.text(written)).contains("so far").doesNotContain("Continue.");
      assertThat(written.dropped()).isEmpty();
    }
  }

  @Test
  void aToolThatFailedWithoutContentHasAResultForBedrock() {
    String members =
        "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':"
            + "[{'type':'tool_use','id':'t1','name':'look','input':{}},"
            + "{'type':'tool_use','id':'t2','name':'look','input':{}}]},{'role':'user','content':"
            + "[{'type':'tool_result','tool_use_id':'t1','is_error':true,'content':"
            + "[{'type':'text','text':' '}]},"
            + "{'type':'tool_result','tool_use_id':'t2','is_error':true,'content':'why'}]}]";
    JsonNode results =
        Pair.body(TO_BEDROCK.write(Client.ANTHROPIC.ask(members, false))).at("/messages/2/content");
    assertThat(results.at("/0/toolResult/content/0/text").asText()).isEqualTo("The tool failed.");
    assertThat(results.at("/0/toolResult/status").asText()).isEqualTo("error");
    assertThat(results.at("/1/toolResult/content/0/text").asText()).isEqualTo("why");
    assertThat(results.at("/1/toolResult/content")).hasSize(1);
  }

  @Test
  void aToolThatFailedWithoutContentHasAResultForAnthropic() {
    String members =
        "'contents':[{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':"
            + "[{'functionCall':{'id':'f1','name':'look','args':{}}}]},{'role':'user','parts':"
            + "[{'functionResponse':{'id':'f1','name':'look','response':{'error':''}}}]}]";
    JsonNode result =
        Pair.body(TO_ANTHROPIC.write(Client.GEMINI.ask(members, false)))
            .at("/messages/2/content/0");
    assertThat(result.path("content").asText()).isEqualTo("The tool failed.");
    assertThat(result.path("is_error").asBoolean()).isTrue();
  }
}
