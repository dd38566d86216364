package dev.serai.adapters.dialects.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A stream assembled to a non-streaming response, as each client does with its own. */
final class Gathered {
  private Gathered() {}

  static JsonNode of(Client client, byte[] told) {
    List<JsonNode> events = events(new String(told, StandardCharsets.UTF_8));
    return switch (client) {
      case OPENAI -> choice(events);
      case RESPONSES -> events.getLast().path("response");
      case ANTHROPIC -> blocks(events);
      case GEMINI -> parts(events);
      case OLLAMA -> message(events);
    };
  }

  private static List<JsonNode> events(String told) {
    List<JsonNode> events = new ArrayList<>();
    for (String line : told.split("\n")) {
      String json = line.startsWith("data: ") ? line.substring(6) : line;
      if (json.startsWith("{")) {
        events.add(StrictJson.tree(json.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return events;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Adds a text to what a member holds already. */
  private static void append(ObjectNode object, String name, JsonNode more) {
    if (more.isTextual()) {
      object.put(name, object.path(name).asText("") + more.textValue());
    }
  }

  private static JsonNode choice(List<JsonNode> chunks) {
    ObjectNode message = object().put("role", "assistant");
    for (JsonNode chunk : chunks) {
      JsonNode delta = chunk.at("/choices/0/delta");
      append(message, "content", delta.path("content"));
      append(message, "reasoning_content", delta.path("reasoning_content"));
      delta
          .path("reasoning_details")
          .forEach(detail -> message.withArray("/reasoning_details").add(detail));
      for (JsonNode call : delta.path("tool_calls")) {
        ArrayNode calls = message.withArray("/tool_calls");
        if (call.has("id")) {
          calls.add(call.deepCopy());
        } else {
          ObjectNode function =
              (ObjectNode) calls.get(call.path("index").intValue()).get("function");
          append(function, "arguments", call.at("/function/arguments"));
        }
      }
    }
    ObjectNode response = object();
    response.putArray("choices").addObject().set("message", message);
    return response;
  }

  private static JsonNode blocks(List<JsonNode> events) {
    ObjectNode response = object();
    ArrayNode content = response.putArray("content");
    for (JsonNode event : events) {
      switch (event.path("type").asText()) {
        case "content_block_start" -> content.add(event.path("content_block").deepCopy());
        case "content_block_delta" -> {
          ObjectNode block = (ObjectNode) content.get(event.path("index").intValue());
          JsonNode delta = event.path("delta");
          append(block, "text", delta.path("text"));
          append(block, "thinking", delta.path("thinking"));
          append(block, "signature", delta.path("signature"));
          append(block, "json", delta.path("partial_json"));
        }
        default -> {}
      }
    }
    for (JsonNode block : content) {
      JsonNode input = ((ObjectNode) block).remove("json");
      if (input != null && !input.textValue().isEmpty()) {
        byte[] json = input.textValue().getBytes(StandardCharsets.UTF_8);
        ((ObjectNode) block).set("input", StrictJson.tree(json));
      }
    }
    return response;
  }

  private static JsonNode parts(List<JsonNode> chunks) {
    ObjectNode response = object();
    ObjectNode content = response.putArray("candidates").addObject().putObject("content");
    ArrayNode parts = content.put("role", "model").putArray("parts");
    for (JsonNode chunk : chunks) {
      chunk.at("/candidates/0/content/parts").forEach(parts::add);
    }
    return response;
  }

  private static JsonNode message(List<JsonNode> lines) {
    ObjectNode response = object();
    ObjectNode message = response.putObject("message").put("role", "assistant");
    for (JsonNode line : lines) {
      append(message, "content", line.at("/message/content"));
      append(message, "thinking", line.at("/message/thinking"));
      line.at("/message/tool_calls").forEach(call -> message.withArray("/tool_calls").add(call));
    }
    return response;
  }
}
