package dev.serai.adapters.dialects.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.contract.MessageGrammar;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.responses.ReceivedStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The grammar of a streamed answer, as strictly as a client may read it. */
interface Grammar {
  void check(String stream);

  static Grammar of(Client client) {
    return switch (client) {
      case OPENAI -> Grammar::chunks;
      case RESPONSES -> stream -> ReceivedStream.of(stream).followsTheGrammar();
      case ANTHROPIC -> MessageGrammar::check;
      case GEMINI -> Grammar::contents;
      case OLLAMA -> Grammar::lines;
    };
  }

  private static JsonNode json(String text) {
    return StrictJson.tree(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The data of events that have nothing else. */
  private static List<String> data(String stream) {
    List<String> data = new ArrayList<>();
    String lines = stream.replace("\r\n", "\n");
    assertThat(lines).endsWith("\n\n");
    for (String event : lines.split("\n\n")) {
      assertThat(event).startsWith("data: ").doesNotContain("\n", "\r");
      data.add(event.substring("data: ".length()));
    }
    return data;
  }

  /** Chunks of one answer, a call named before it is argued, and [DONE] unless it failed. */
  private static void chunks(String stream) {
    List<String> data = data(stream);
    JsonNode last = json(data.getLast().equals("[DONE]") ? "{}" : data.getLast());
    boolean failed = last.has("error");
    assertThat(failed || data.getLast().equals("[DONE]")).isTrue();
    Set<String> ids = new HashSet<>();
    Set<String> calls = new HashSet<>();
    Set<Integer> finished = new HashSet<>();
    for (String text : data.subList(0, data.size() - 1)) {
      JsonNode chunk = json(text);
      assertThat(chunk.path("object").asText()).isEqualTo("chat.completion.chunk");
      ids.add(chunk.path("id").asText());
      for (JsonNode choice : chunk.path("choices")) {
        int index = choice.path("index").intValue();
        assertThat(finished).as(text).doesNotContain(index);
        for (JsonNode call : choice.at("/delta/tool_calls")) {
          called(calls, index, call);
        }
        if (choice.path("finish_reason").isTextual()) {
          finished.add(index);
        }
      }
    }
    assertThat(ids.size()).isLessThanOrEqualTo(1);
    assertThat(failed || finished.contains(0)).isTrue();
  }

  private static void called(Set<String> calls, int choice, JsonNode call) {
    int index = call.path("index").intValue();
    if (calls.add(choice + "." + index)) {
      assertThat(call.path("id").asText()).isNotEmpty();
      assertThat(call.at("/function/name").asText()).isNotEmpty();
      assertThat(calls).filteredOn(name -> name.startsWith(choice + ".")).hasSize(index + 1);
    } else {
      assertThat(call.has("id")).isFalse();
    }
    assertThat(call.at("/function/arguments").isTextual()).isTrue();
  }

  /** Answers in parts, the last of which says why it ended, or an error. */
  private static void contents(String stream) {
    List<String> data = data(stream);
    boolean finished = false;
    for (String text : data) {
      JsonNode chunk = json(text);
      if (chunk.has("error")) {
        assertThat(text).isEqualTo(data.getLast());
        assertThat(chunk.at("/error/status").asText()).isNotEmpty();
        return;
      }
      for (JsonNode candidate : chunk.path("candidates")) {
        finished |= candidate.has("finishReason");
        for (JsonNode part : candidate.at("/content/parts")) {
          // A signature may come in a part of its own.
          boolean signed = part.has("thoughtSignature");
          boolean said =
              part.has("functionCall") || part.has("inlineData") || part.path("text").isTextual();
          assertThat(signed || said).as(text).isTrue();
        }
      }
    }
    assertThat(finished).isTrue();
  }

  /** Lines, the last of which alone is done, or an error. */
  private static void lines(String stream) {
    assertThat(stream).endsWith("\n");
    String[] lines = stream.split("\n");
    for (int i = 0; i < lines.length; i++) {
      JsonNode line = json(lines[i]);
      boolean last = i == lines.length - 1;
      if (line.has("error")) {
        assertThat(last).isTrue();
        return;
      }
      assertThat(line.path("done").booleanValue()).as(lines[i]).isEqualTo(last);
      assertThat(line.at("/message/role").asText()).isEqualTo("assistant");
      for (JsonNode call : line.at("/message/tool_calls")) {
        assertThat(call.at("/function/arguments").isObject()).as(lines[i]).isTrue();
      }
    }
  }
}
