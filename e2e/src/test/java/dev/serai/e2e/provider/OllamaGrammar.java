package dev.serai.e2e.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Ollama's native chat. It streams unless told not to, as lines of JSON. */
final class OllamaGrammar implements Grammar {
  @Override
  public String streamType() {
    return "application/x-ndjson";
  }

  @Override
  public String whole(String model, Said said) {
    ObjectNode message = Grammar.object().put("role", "assistant").put("content", said.text());
    said.reasoning().ifPresent(text -> message.put("thinking", text));
    if (!said.calls().isEmpty()) {
      said.calls().forEach(call -> addCall(message.withArray("tool_calls"), call));
    }
    return finish(head(model, message), said).toString();
  }

  /** Tool calls come whole, however the model wrote them. */
  @Override
  public Events stream(String model, Said said) {
    List<String> tokens = new ArrayList<>();
    for (Said.Piece piece : said.pieces()) {
      ObjectNode message = Grammar.object().put("role", "assistant");
      switch (piece) {
        case Said.Reasoning thought -> message.put("content", "").put("thinking", thought.text());
        case Said.Text text -> message.put("content", text.text());
        case Said.ToolCall call -> {
          message.put("content", "");
          addCall(message.withArray("tool_calls"), call);
        }
      }
      tokens.add(head(model, message).put("done", false) + "\n");
    }
    ObjectNode end = head(model, Grammar.object().put("role", "assistant").put("content", ""));
    return new Events(List.of(), tokens, List.of(finish(end, said) + "\n"));
  }

  private static void addCall(ArrayNode calls, Said.ToolCall call) {
    ObjectNode function = calls.addObject().putObject("function").put("name", call.name());
    try {
      function.set("arguments", JSON.readTree(call.arguments()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode head(String model, ObjectNode message) {
    ObjectNode head =
        Grammar.object().put("model", model).put("created_at", "2026-11-20T10:00:00.123456789Z");
    head.set("message", message);
    return head;
  }

  private static ObjectNode finish(ObjectNode reply, Said said) {
    return reply
        .put("done", true)
        .put("done_reason", said.finish().equals("length") ? "length" : "stop")
        .put("total_duration", 123_456_789L)
        .put("load_duration", 1_234_567L)
        .put("prompt_eval_count", said.counts().prompt())
        .put("prompt_eval_duration", 12_345_678L)
        .put("eval_count", said.counts().completion())
        .put("eval_duration", 98_765_432L);
  }

  @Override
  public String failure(int status, String message) {
    return Grammar.object().put("error", message).toString();
  }

  @Override
  public String failureEvent(String message) {
    return failure(500, message) + "\n";
  }

  @Override
  public boolean hasSchema(JsonNode request) {
    return request.path("format").isObject();
  }

  @Override
  public boolean hasImage(JsonNode request) {
    return request.findValues("images").stream().anyMatch(i -> !i.isEmpty());
  }

  @Override
  public boolean wantsStream(JsonNode request) {
    return request.path("stream").asBoolean(true);
  }
}
