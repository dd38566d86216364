package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Parts;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.chat.detail.DetailSupport;
import dev.serai.core.chat.detail.TextDetails;
import dev.serai.core.dialect.Destination;
import dev.serai.core.problem.ProviderProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a {@code chat.completion} into core types, for clients of other dialects. */
final class ResponseReader {
  private ResponseReader() {}

  /**
   * Reads a non-streaming response.
   *
   * @param details the details of the text that the client can receive
   * @throws ProviderProblem MALFORMED if it is not a response; the provider's error if it is one
   */
  static ChatResponse read(byte[] body, DetailSupport details, Destination destination) {
    JsonNode root;
    ResponseSummary summary;
    try {
      summary = ResponseSummary.of(body);
      root = StrictJson.tree(body);
    } catch (MalformedInput e) {
      throw MalformedResponse.at(destination, e);
    }
    if (summary.error()) {
      throw ErrorReader.inside(destination, body, 0, body.length);
    }
    JsonNode choices = root.path("choices");
    if (!summary.responds()) {
      throw MalformedResponse.of(destination);
    }
    List<Choice> read = new ArrayList<>(choices.size());
    DroppedFields dropped = new DroppedFields();
    ResponseMembers.read(details).report(body, 0, body.length, dropped::add);
    for (JsonNode choice : choices) {
      Choice one = choice(choice, read.size(), destination);
      read.add(detailed(one, choice, root, details));
      dropNameless(choice.path("message"), dropped);
    }
    read.sort(Comparator.comparingInt(Choice::index));
    return new ChatResponse(
        root.path("id").asText(""),
        root.path("model").asText(destination.model()),
        root.path("created").asLong(0),
        List.copyOf(read),
        summary.usage(),
        dropped.names());
  }

  private static Choice choice(JsonNode choice, int place, Destination destination) {
    JsonNode message = choice.path("message");
    Optional<String> completion = text(choice.path("text"));
    boolean none = message.isMissingNode() || message.isNull();
    if (!message.isObject() && !none) {
      throw MalformedResponse.of(destination);
    }
    List<Part> parts = new ArrayList<>();
    ReturnedReasoning returned = new ReturnedReasoning();
    returned.takeWhole(message);
    returned
        .end(destination, !calls(message).isEmpty())
        .ifPresent(
            state ->
                parts.add(new ReasoningPart(reasoning(message).orElse(""), Optional.of(state))));
    completion
        .or(() -> content(message.path("content")))
        .ifPresent(text -> parts.add(new TextPart(text)));
    parts.addAll(MessageImages.read(message));
    toolCalls(message, destination).forEach(call -> parts.add(new ToolCallPart(call)));
    return new Choice(
        choice.path("index").isNumber() ? choice.path("index").intValue() : place,
        parts,
        refusal(message),
        finish(choice, parts));
  }

  private static Choice detailed(
      Choice read, JsonNode choice, JsonNode root, DetailSupport support) {
    if (support == DetailSupport.NONE) {
      return read;
    }
    TextDetails own = TextDetailsCodec.read(choice, choice.path("message"), support);
    String text = read.text().orElse("");
    TextDetails details =
        support.hasWebPages()
            ? own.plus(Citations.read(root, text.codePointCount(0, text.length())))
            : own;
    return new Choice(read.index(), read.parts(), read.refusal(), read.finish(), details);
  }

  /** A body that arrived whole is a whole response: content without a finish reason has stopped. */
  private static FinishReason finish(JsonNode choice, List<Part> parts) {
    return text(choice.path("finish_reason"))
        .map(raw -> FinishReasons.read(choice, raw))
        .orElseGet(() -> FinishReasons.unspecified(!Parts.toolCalls(parts).isEmpty()));
  }

  /** The reasoning, under either name in use, or among the parts of the content. */
  static Optional<String> reasoning(JsonNode message) {
    return text(message.path("reasoning_content"))
        .or(() -> text(message.path("reasoning")))
        .or(() -> thinking(message.path("content")))
        .or(() -> details(message.path(ReasoningDetails.NAME)));
  }

  /** The text of a content: a string, or parts of which those of type text count. */
  static Optional<String> content(JsonNode content) {
    return content.isArray() ? joined(content, "text") : text(content);
  }

  /** The text of a refusal, as a member or among the parts of the content. */
  static Optional<String> refusal(JsonNode message) {
    JsonNode content = message.path("content");
    return text(message.path("refusal"))
        .or(() -> content.isArray() ? joined(content, "refusal") : Optional.empty());
  }

  /** The reasoning of Mistral's models: a part of the content that holds parts itself. */
  private static Optional<String> thinking(JsonNode content) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (part.path("type").asText("").equals("thinking")) {
        JsonNode reasoning = part.path("thinking");
        content(reasoning).ifPresent(text::append);
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /** The text of reasoning whose provider sends it in the details alone. */
  private static Optional<String> details(JsonNode details) {
    StringBuilder text = new StringBuilder();
    for (JsonNode detail : details) {
      text.append(detail.path("text").asText("")).append(detail.path("summary").asText(""));
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  private static Optional<String> joined(JsonNode parts, String type) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : parts) {
      if (part.path("type").asText("").equals(type)) {
        text.append(part.path(type).asText(""));
      }
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
  }

  /** A string that is not empty. */
  static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isEmpty()
        ? Optional.of(node.textValue())
        : Optional.empty();
  }

  /** The calls of a message or delta; the older {@code function_call} is the first one. */
  static JsonNode calls(JsonNode message) {
    JsonNode calls = message.path("tool_calls");
    JsonNode legacy = message.path("function_call");
    boolean called =
        text(legacy.path("name")).isPresent() || text(legacy.path("arguments")).isPresent();
    if (!calls.isEmpty() || !called) {
      return calls;
    }
    ArrayNode one = JsonNodeFactory.instance.arrayNode();
    one.addObject().put("index", 0).set("function", legacy);
    return one;
  }

  /** The function or the custom tool that is called. */
  static JsonNode called(JsonNode call) {
    return call.path(call.path("custom").isObject() ? "custom" : "function");
  }

  /** Reports calls of no tool. */
  private static void dropNameless(JsonNode message, DroppedFields dropped) {
    for (JsonNode call : message.path("tool_calls")) {
      if (called(call).isObject() && text(called(call).path("name")).isEmpty()) {
        dropped.add("choices.message.tool_calls");
      }
    }
  }

  private static List<ToolCall> toolCalls(JsonNode message, Destination destination) {
    List<ToolCall> calls = new ArrayList<>();
    for (JsonNode call : calls(message)) {
      JsonNode called = called(call);
      Optional<String> name = text(called.path("name"));
      if (name.isPresent()) {
        String id = call.path("id").asText("");
        String arguments =
            called.has("input")
                ? ToolArguments.ofText(called.path("input").asText(""))
                : arguments(called.path("arguments"));
        calls.add(new ToolCall(id, name.get(), arguments, CallState.read(call, destination)));
      }
    }
    return List.copyOf(calls);
  }

  /** A tool call's arguments: JSON in a string; some providers send the object itself. */
  private static String arguments(JsonNode node) {
    if (node.isContainerNode()) {
      return node.toString();
    }
    return ToolArguments.given(text(node).orElse(""));
  }
}
