package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a response object into core types, for clients of other dialects. */
final class ResponseReader {
  private ResponseReader() {}

  /**
   * Reads a non-streaming response.
   *
   * @param details the details of the text that the client can receive
   * @throws ProviderProblem MALFORMED if it is not a response; the provider's error if it failed
   */
  static ChatResponse read(byte[] body, DetailSupport details, Destination destination) {
    ResponseSummary summary = ResponseSummary.of(body, destination);
    JsonNode root;
    try {
      root = StrictJson.tree(body);
    } catch (MalformedInput e) {
      throw MalformedResponse.of(destination);
    }
    List<Part> parts = new ArrayList<>();
    StringBuilder refusal = new StringBuilder();
    DroppedFields dropped = new DroppedFields();
    ResponseMembers.read(details).report(body, 0, body.length, dropped::add);
    for (JsonNode item : root.path("output")) {
      item(item, destination, parts, refusal);
      dropSummary(item, dropped, _ -> {});
    }
    Choice choice =
        new Choice(
            0,
            parts,
            refusal.isEmpty() ? Optional.empty() : Optional.of(refusal.toString()),
            summary.finish(),
            details(root.path("output"), details));
    String model = summary.model().isEmpty() ? destination.model() : summary.model();
    return new ChatResponse(
        summary.id(),
        model,
        summary.createdSeconds(),
        List.of(choice),
        summary.usage(),
        dropped.names());
  }

  private static void item(
      JsonNode item, Destination destination, List<Part> parts, StringBuilder refusal) {
    switch (item.path("type").asText("")) {
      case "message" -> {
        for (JsonNode part : item.path("content")) {
          refusal.append(part.path("refusal").asText(""));
          String text = part.path("text").asText("");
          if (!text.isEmpty()) {
            parts.add(new TextPart(text));
          }
        }
      }
      case "reasoning" -> {
        String text = reasoningText(item);
        Optional<OpaqueState> state = state(item, destination);
        if (!text.isEmpty() || state.isPresent()) {
          parts.add(new ReasoningPart(text, state));
        }
      }
      case "function_call" -> parts.add(call(item, arguments(item.path("arguments").asText(""))));
      case "custom_tool_call" ->
          parts.add(call(item, ToolArguments.ofText(item.path("input").asText(""))));
      case ResponseItemWriter.IMAGE -> image(item).ifPresent(parts::add);
      default -> {}
    }
  }

  /** The image of an item; empty if it has none. */
  static Optional<ImagePart> image(JsonNode item) {
    String result = item.path("result").asText("");
    return result.isEmpty()
        ? Optional.empty()
        : Optional.of(RequestItemReader.image(item.path("output_format").asText(""), result));
  }

  private static ToolCallPart call(JsonNode item, String arguments) {
    return new ToolCallPart(new ToolCall(callId(item), item.path("name").asText(""), arguments));
  }

  /** The id that the result of a call refers to. */
  static String callId(JsonNode item) {
    return item.path("call_id").asText(item.path("id").asText(""));
  }

  static String arguments(String written) {
    return ToolArguments.given(written);
  }

  private static TextDetails details(JsonNode output, DetailSupport support) {
    List<String> annotations = new ArrayList<>(0);
    List<String> logprobs = new ArrayList<>(0);
    long start = 0;
    for (JsonNode item : output) {
      if (item.path("type").asText("").equals("message")) {
        for (JsonNode part : item.path("content")) {
          for (JsonNode annotation : part.path("annotations")) {
            if (support.has(annotation.path("type").asText(""))) {
              annotations.add(Annotations.ofChoice(annotation, start));
            }
          }
          if (support.hasLogprobs()) {
            part.path("logprobs").forEach(token -> logprobs.add(token.toString()));
          }
          start += Annotations.length(part.path("text").asText(""));
        }
      }
    }
    return new TextDetails(annotations, logprobs);
  }

  /** Reports the summary of reasoning whose text is in the response too: the text is returned. */
  static void dropSummary(JsonNode item, DroppedFields dropped, Consumer<ChatEvent> events) {
    if (!joined(item.path("content")).isEmpty() && !joined(item.path("summary")).isEmpty()) {
      dropped.add("output.summary", events);
    }
  }

  static String reasoningText(JsonNode item) {
    String text = joined(item.path("content"));
    return text.isEmpty() ? joined(item.path("summary")) : text;
  }

  private static String joined(JsonNode parts) {
    StringBuilder all = new StringBuilder();
    for (JsonNode part : parts) {
      all.append(all.isEmpty() ? "" : "\n\n").append(part.path("text").asText(""));
    }
    return all.toString();
  }

  /** The opaque state that the provider wants back with a reasoning item. */
  static Optional<OpaqueState> state(JsonNode item, Destination destination) {
    String encrypted = item.path("encrypted_content").asText("");
    return encrypted.isEmpty()
        ? Optional.empty()
        : Optional.of(RequestItemReader.ownState(encrypted, destination.provider().name()));
  }
}
