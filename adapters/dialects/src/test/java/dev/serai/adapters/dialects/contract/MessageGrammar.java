package dev.serai.adapters.dialects.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The grammar of Anthropic's streamed messages, as its own clients read them: every event names its
 * type twice, blocks follow each other, and each delta fits the block that is open.
 */
public final class MessageGrammar {
  private static final Map<String, String> DELTAS =
      Map.of(
          "text_delta", "text",
          "citations_delta", "text",
          "input_json_delta", "tool_use",
          "thinking_delta", "thinking",
          "signature_delta", "thinking");

  private String open = "";
  private int next;
  private boolean begun;
  private boolean reasoned;
  private boolean over;

  /** Holds a stream against it. */
  public static void check(String stream) {
    MessageGrammar grammar = new MessageGrammar();
    for (String event : stream.split("\n\n")) {
      String[] lines = event.split("\n");
      assertThat(lines).as(event).hasSize(2);
      JsonNode data =
          StrictJson.tree(lines[1].substring("data: ".length()).getBytes(StandardCharsets.UTF_8));
      assertThat(lines[0]).isEqualTo("event: " + data.path("type").asText());
      grammar.event(data);
    }
    assertThat(grammar.over).as("has a last event").isTrue();
  }

  private void event(JsonNode event) {
    assertThat(over).as("nothing follows the last event").isFalse();
    switch (event.path("type").asText()) {
      case "message_start" -> {
        assertThat(begun).isFalse();
        begun = true;
        assertThat(event.at("/message/usage/input_tokens").isInt()).isTrue();
        assertThat(event.at("/message/content").isEmpty()).isTrue();
      }
      case "ping" -> assertThat(begun).isTrue();
      case "content_block_start" -> {
        assertThat(begun).isTrue();
        assertThat(open).isEmpty();
        assertThat(event.path("index").asInt(-1)).isEqualTo(next);
        open = event.at("/content_block/type").asText();
      }
      case "content_block_delta" -> {
        assertThat(event.path("index").asInt(-1)).isEqualTo(next);
        assertThat(DELTAS.get(event.at("/delta/type").asText())).isEqualTo(open);
      }
      case "content_block_stop" -> {
        assertThat(event.path("index").asInt(-1)).isEqualTo(next++);
        assertThat(open).isNotEmpty();
        open = "";
      }
      case "message_delta" -> {
        assertThat(open).isEmpty();
        assertThat(event.at("/usage/output_tokens").isInt()).isTrue();
        assertThat(event.at("/delta/stop_reason").isTextual()).isTrue();
        reasoned = true;
      }
      case "message_stop" -> {
        assertThat(reasoned).isTrue();
        over = true;
      }
      case "error" -> over = true;
      default -> throw new AssertionError("no event of the grammar: " + event);
    }
  }
}
