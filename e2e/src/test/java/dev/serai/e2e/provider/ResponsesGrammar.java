package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** OpenAI's Responses. Every answer has an id of its own, since callers go on from it. */
final class ResponsesGrammar implements Grammar {
  private static final AtomicInteger RESPONSES = new AtomicInteger();

  private final String id = "resp_cassette" + RESPONSES.incrementAndGet();
  private final List<String> events = new ArrayList<>();
  private int sequence;

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public String whole(String model, Said said) {
    return response(model, said, status(said)).toString();
  }

  @Override
  public Events stream(String model, Said said) {
    for (String type : List.of("response.created", "response.in_progress")) {
      event(type, Grammar.object().set("response", response(model, said, "in_progress")));
    }
    List<String> opening = taken();
    List<String> tokens = new ArrayList<>();
    ArrayNode items = items(said);
    for (int place = 0; place < items.size(); place++) {
      item(items.get(place), place, said, tokens);
    }
    String status = status(said);
    event("response." + status, Grammar.object().set("response", response(model, said, status)));
    return new Events(opening, tokens, taken());
  }

  /** Every piece comes with what is to come before it; what ends an item comes with the next. */
  private void item(JsonNode item, int place, Said said, List<String> tokens) {
    ObjectNode begun = ((ObjectNode) item.deepCopy()).put("status", "in_progress");
    boolean call = item.has("arguments");
    if (call) {
      begun.put("arguments", "");
    } else {
      begun.putArray("content");
    }
    event("response.output_item.added", about(place).set("item", begun));
    String kind = "response.output_text";
    List<String> pieces;
    if (call) {
      kind = "response.function_call_arguments";
      pieces = fragments(said, item.path("call_id").asText());
    } else {
      JsonNode part = item.at("/content/0");
      kind = part.has("refusal") ? "response.refusal" : kind;
      event("response.content_part.added", about(item, place).set("part", part));
      pieces = texts(said);
    }
    for (String piece : pieces) {
      event(kind + ".delta", about(item, place).put("delta", piece));
      tokens.add(String.join("", taken()));
    }
    ObjectNode done = about(item, place);
    if (call) {
      done.set("arguments", item.path("arguments"));
    } else {
      done.setAll((ObjectNode) item.at("/content/0"));
    }
    event(kind + ".done", done);
    if (!call) {
      event("response.content_part.done", about(item, place).set("part", item.at("/content/0")));
    }
    event("response.output_item.done", about(place).set("item", item));
  }

  private static List<String> texts(Said said) {
    return said.pieces().stream()
        .filter(Said.Text.class::isInstance)
        .map(piece -> ((Said.Text) piece).text())
        .toList();
  }

  private static List<String> fragments(Said said, String callId) {
    return said.calls().stream()
        .filter(call -> call.id().equals(callId))
        .findFirst()
        .orElseThrow()
        .fragments();
  }

  private static ObjectNode about(int place) {
    return Grammar.object().put("output_index", place);
  }

  private static ObjectNode about(JsonNode item, int place) {
    ObjectNode event = about(place).put("item_id", item.path("id").asText());
    return item.has("content") ? event.put("content_index", 0) : event;
  }

  private void event(String type, JsonNode members) {
    ObjectNode event = Grammar.object().put("type", type).put("sequence_number", sequence++);
    event.setAll((ObjectNode) members.deepCopy());
    event.put("type", type);
    events.add(Grammar.event(type, event));
  }

  private List<String> taken() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private static String status(Said said) {
    return said.finish().equals("length") ? "incomplete" : "completed";
  }

  private ObjectNode response(String model, Said said, String status) {
    ObjectNode response = Grammar.object().put("id", id).put("object", "response");
    response.put("created_at", 1_790_000_000).put("status", status).put("model", model);
    response.putNull("error").putNull("instructions").putNull("incomplete_details");
    response.putArray("tools");
    response.put("tool_choice", "auto").put("parallel_tool_calls", true);
    response.putNull("usage").putArray("output");
    if (status.equals("incomplete")) {
      response.putObject("incomplete_details").put("reason", "max_output_tokens");
    }
    if (!status.equals("in_progress")) {
      response.set("output", items(said));
      ObjectNode usage = response.putObject("usage").put("input_tokens", said.counts().prompt());
      usage.put("output_tokens", said.counts().completion());
      usage.put("total_tokens", said.counts().prompt() + said.counts().completion());
      usage.putObject("input_tokens_details").put("cached_tokens", said.counts().cached());
      usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    }
    return response;
  }

  private ArrayNode items(Said said) {
    ArrayNode items = Grammar.JSON.createArrayNode();
    if (!said.text().isEmpty()) {
      ObjectNode message = items.addObject().put("id", "msg_" + id).put("type", "message");
      message.put("status", "completed").put("role", "assistant");
      ObjectNode part = message.putArray("content").addObject();
      if (said.finish().equals("refusal")) {
        part.put("type", "refusal").put("refusal", said.text());
      } else {
        part.put("type", "output_text").put("text", said.text()).putArray("annotations");
      }
    }
    for (Said.ToolCall call : said.calls()) {
      ObjectNode item = items.addObject().put("id", "fc_" + call.id());
      item.put("type", "function_call").put("status", "completed");
      item.put("call_id", call.id()).put("name", call.name()).put("arguments", call.arguments());
    }
    return items;
  }

  @Override
  public String failure(int status, String message) {
    return new OpenAiGrammar().failure(status, message);
  }

  @Override
  public String failureEvent(String message) {
    ObjectNode event = Grammar.object().put("type", "error").put("sequence_number", sequence);
    return Grammar.event("error", event.put("code", "server_error").put("message", message));
  }

  @Override
  public boolean hasSchema(JsonNode request) {
    return request.at("/text/format/type").asText().equals("json_schema");
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return request.path("input").findValuesAsText("image_url").stream()
        .anyMatch(url -> url.startsWith("data:image/png;base64,"));
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return request.path("stream").asBoolean();
  }
}
