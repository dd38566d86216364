package dev.serai.adapters.dialects.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stream as a client received it, parsed more strictly than clients do. */
public record ReceivedStream(List<JsonNode> events) {
  private static final Pattern MADE_ID =
      Pattern.compile("\\b(resp|msg|rs|fc|ctc|ig)_[0-9a-z]{8,}\\b");

  public static ReceivedStream of(String stream) {
    List<JsonNode> events = new ArrayList<>();
    for (String block : stream.split("\n\n")) {
      String[] lines = block.split("\n");
      assertThat(lines).hasSize(2);
      JsonNode event =
          StrictJson.tree(lines[1].substring("data: ".length()).getBytes(StandardCharsets.UTF_8));
      assertThat(lines[0]).isEqualTo("event: " + event.path("type").textValue());
      assertThat(event.path("sequence_number").intValue()).isEqualTo(events.size());
      events.add(event);
    }
    return new ReceivedStream(events);
  }

  /** The same text with generated ids numbered, so that it can be compared. */
  static String counted(String text) {
    Map<String, String> names = new HashMap<>();
    Matcher ids = MADE_ID.matcher(text);
    return ids.replaceAll(
        found ->
            names.computeIfAbsent(found.group(), _ -> found.group(1) + "_" + (names.size() + 1)));
  }

  JsonNode last() {
    return events.getLast();
  }

  List<String> types() {
    return events.stream().map(event -> event.path("type").textValue()).toList();
  }

  /** The items in the order in which they begin and end: {@code added 0}, {@code done 0}. */
  List<String> items() {
    return events.stream()
        .filter(event -> event.path("type").textValue().startsWith("response.output_item."))
        .map(
            event ->
                event.path("type").textValue().substring("response.output_item.".length())
                    + " "
                    + event.path("output_index"))
        .toList();
  }

  /** Asserts that the whole stream follows the grammar. */
  public void followsTheGrammar() {
    assertThat(types()).startsWith("response.created", "response.in_progress");
    Map<Integer, JsonNode> open = new TreeMap<>();
    Map<Integer, JsonNode> done = new TreeMap<>();
    Map<Integer, StringBuilder> pieces = new HashMap<>();
    for (JsonNode event : events.subList(2, events.size() - 1)) {
      String type = event.path("type").textValue();
      int place = event.path("output_index").intValue();
      if (type.equals("response.output_item.added")) {
        assertThat(place).isEqualTo(open.size() + done.size());
        open.put(place, event.path("item"));
        pieces.put(place, new StringBuilder());
        continue;
      }
      assertThat(open).as(type).containsKey(place);
      if (type.equals("response.output_item.done")) {
        JsonNode item = event.path("item");
        assertThat(item.path("id")).isEqualTo(open.remove(place).path("id"));
        done.put(place, item);
        continue;
      }
      assertThat(event.path("item_id")).isEqualTo(open.get(place).path("id"));
      if (type.endsWith(".delta")) {
        pieces.get(place).append(event.path("delta").textValue());
      } else if (type.endsWith(".done") && !event.has("part")) {
        assertThat(whole(event)).isEqualTo(pieces.get(place).toString());
      }
    }
    JsonNode response = last().path("response");
    assertThat(last().path("type").textValue())
        .isEqualTo("response." + response.path("status").textValue());
    if (!response.path("status").textValue().equals("failed")) {
      assertThat(open).isEmpty();
      assertThat(response.path("output")).containsExactlyElementsOf(done.values());
    }
    assertThat(events.getFirst().path("response").path("id")).isEqualTo(response.path("id"));
  }

  private static String whole(JsonNode event) {
    for (String name : List.of("text", "arguments", "refusal", "input")) {
      if (event.has(name)) {
        return event.path(name).textValue();
      }
    }
    return "";
  }
}
