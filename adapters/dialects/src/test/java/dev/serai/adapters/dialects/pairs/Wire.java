package dev.serai.adapters.dialects.pairs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a provider reads in a request. */
final class Wire {
  private Wire() {}

  /** The ids of all calls in the history, in order; names where a dialect knows no ids. */
  static List<String> callIds(String dialect, JsonNode body) {
    return switch (dialect) {
      case "openai" -> all(body.path("messages"), "tool_calls", "", "id");
      case "ollama" -> all(body.path("messages"), "tool_calls", "function", "name");
      case "responses" -> items(body, "function_call");
      case "anthropic" -> blocks(body, "tool_use", "id");
      case "bedrock" -> all(body.path("messages"), "content", "toolUse", "toolUseId");
      default -> all(body.path("contents"), "parts", "functionCall", "name");
    };
  }

  /** The ids that results name, in order. */
  static List<String> answeredIds(String dialect, JsonNode body) {
    return switch (dialect) {
      case "openai" -> each(body.path("messages"), "tool_call_id");
      case "ollama" -> each(body.path("messages"), "tool_name");
      case "responses" -> items(body, "function_call_output");
      case "anthropic" -> blocks(body, "tool_result", "tool_use_id");
      case "bedrock" -> all(body.path("messages"), "content", "toolResult", "toolUseId");
      default -> all(body.path("contents"), "parts", "functionResponse", "name");
    };
  }

  /** The arguments of all calls in the history, as they stand there. */
  static List<JsonNode> arguments(String dialect, JsonNode body) {
    List<JsonNode> found = new ArrayList<>();
    String call =
        switch (dialect) {
          case "openai", "ollama" -> "function";
          case "bedrock" -> "toolUse";
          case "gemini" -> "functionCall";
          default -> "";
        };
    String turns =
        dialect.equals("gemini") ? "contents" : dialect.equals("responses") ? "input" : "messages";
    String member =
        switch (dialect) {
          case "gemini" -> "args";
          case "anthropic", "bedrock" -> "input";
          default -> "arguments";
        };
    for (JsonNode turn : body.path(turns)) {
      String parts =
          turn.has("tool_calls") ? "tool_calls" : turn.has("parts") ? "parts" : "content";
      for (JsonNode part : dialect.equals("responses") ? List.of(turn) : turn.path(parts)) {
        JsonNode value = (call.isEmpty() ? part : part.path(call)).path(member);
        if (!value.isMissingNode()) {
          found.add(value);
        }
      }
    }
    return found;
  }

  private static List<String> each(JsonNode turns, String member) {
    List<String> found = new ArrayList<>();
    turns.forEach(turn -> add(found, turn.path(member)));
    return found;
  }

  private static List<String> all(JsonNode turns, String parts, String inside, String member) {
    List<String> found = new ArrayList<>();
    for (JsonNode turn : turns) {
      for (JsonNode part : turn.path(parts)) {
        add(found, (inside.isEmpty() ? part : part.path(inside)).path(member));
      }
    }
    return found;
  }

  private static List<String> items(JsonNode body, String type) {
    List<String> found = new ArrayList<>();
    for (JsonNode item : body.path("input")) {
      if (item.path("type").asText().equals(type)) {
        add(found, item.path("call_id"));
      }
    }
    return found;
  }

  private static List<String> blocks(JsonNode body, String type, String member) {
    List<String> found = new ArrayList<>();
    for (JsonNode turn : body.path("messages")) {
      for (JsonNode block : turn.path("content")) {
        if (block.path("type").asText().equals(type)) {
          add(found, block.path(member));
        }
      }
    }
    return found;
  }

  private static void add(List<String> found, JsonNode value) {
    if (value.isTextual()) {
      found.add(value.textValue());
    }
  }
}
