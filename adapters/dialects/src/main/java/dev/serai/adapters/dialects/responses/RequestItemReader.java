package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.media.InlineMedia;
import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.OpaqueState;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the items of a request into core messages. Successive reasoning, text and tool calls of the
 * assistant become one message, as in other dialects. For one request.
 */
final class RequestItemReader {
  private final RequestFields request;
  private final ToolMapping tools;
  private final List<Message> messages = new ArrayList<>();
  private final Set<String> leftOut = new HashSet<>(4);
  private List<Part> turn = new ArrayList<>();
  private Optional<String> refusal = Optional.empty();

  RequestItemReader(RequestFields request, ToolMapping tools) {
    this.request = request;
    this.tools = tools;
  }

  List<Message> read(List<JsonNode> items) {
    int place = 0;
    for (JsonNode item : items) {
      item(request.at(item, "input[" + place++ + "]"));
    }
    endTurn();
    return messages;
  }

  private void item(RequestFields item) {
    item.ignore("id", "status");
    switch (item.text("type").orElse("message")) {
      case "message" -> message(item);
      case "reasoning" -> turn.add(reasoning(item));
      case "function_call" -> call(item, item.text("arguments").orElse(""));
      case "custom_tool_call" -> call(item, ToolArguments.ofText(item.text("input").orElse("")));
      case "function_call_output", "custom_tool_call_output" -> output(item);
      case "tool_search_call" -> search(item);
      case "tool_search_output" -> found(item);
      case "additional_tools" -> item.ignore("role", "tools"); // declared with the others
      // The record of a tool that the provider ran itself, or of its own kind: the text that came
      // of it is in the messages around it.
      default -> {
        item.text("call_id").ifPresent(leftOut::add);
        item.leaveOut(item.text("type").orElse(""));
      }
    }
  }

  /**
   * An image of the item of a call that made it.
   *
   * @param format such as {@code png}; empty if it is not given
   */
  static ImagePart image(String format, String base64) {
    String type = format.isEmpty() ? "" : "image/" + format;
    return new ImagePart(InlineMedia.of(type, base64, Optional.empty()), Optional.empty());
  }

  private void message(RequestFields item) {
    String role = item.requiredText("role");
    List<Part> parts = new ArrayList<>();
    Optional<String> refused = RequestContentReader.read(item, "content", parts);
    CacheMarks.moveToLast(item, parts);
    if (role.equals("assistant")) {
      turn.addAll(parts);
      refusal = refused.or(() -> refusal);
      return;
    }
    endTurn();
    Role speaker =
        switch (role) {
          case "user" -> Role.USER;
          case "system" -> Role.SYSTEM;
          case "developer" -> Role.DEVELOPER;
          default ->
              throw RequestFields.wrongValue(
                  item.pathOf("role"), "'user', 'assistant', 'system' or 'developer'");
        };
    messages.add(Message.of(speaker, parts));
  }

  private static ReasoningPart reasoning(RequestFields item) {
    String text = texts(item, "content");
    String summary = texts(item, "summary");
    String carrier = item.text("encrypted_content").orElse("");
    Optional<OpaqueState> state =
        OpaqueStateCodec.decode(carrier)
            .or(() -> carrier.isEmpty() ? Optional.empty() : Optional.of(ownState(carrier, "")));
    return new ReasoningPart(text.isEmpty() ? summary : text, state);
  }

  /** The opaque state of this dialect's reasoning. */
  static OpaqueState ownState(String encrypted, String provider) {
    return new OpaqueState(ResponsesDialect.NAME, provider, "encrypted_content", encrypted);
  }

  private static String texts(RequestFields item, String name) {
    StringBuilder all = new StringBuilder();
    for (RequestFields part : item.objects(name)) {
      part.ignore("type");
      all.append(all.isEmpty() ? "" : "\n\n").append(part.text("text").orElse(""));
    }
    return all.toString();
  }

  private void call(RequestFields item, String arguments) {
    item.requiredText("name");
    call(item, tools.functionName(item), arguments);
  }

  private void call(RequestFields item, String function, String arguments) {
    OpaqueStateCodec.CallId own = OpaqueStateCodec.callId(item.requiredText("call_id"));
    turn.add(
        new ToolCallPart(
            new ToolCall(own.id(), function, ToolArguments.given(arguments), own.state()),
            CacheMarks.read(item)));
  }

  /** Reads a search for tools; one that the provider ran has no id for its result. */
  private void search(RequestFields item) {
    if (item.text("call_id").isEmpty()) {
      item.leaveOut("tool_search_call");
      return;
    }
    item.ignore("execution");
    String arguments =
        item.any("arguments")
            .map(json -> json.isTextual() ? json.textValue() : json.toString())
            .orElse("");
    call(item, tools.searchName(), arguments);
  }

  /** Reads what a search found: the names of the tools, which are declared with the others. */
  private void found(RequestFields item) {
    if (item.text("call_id").isEmpty()) {
      item.leaveOut("tool_search_output");
      return;
    }
    item.ignore("execution");
    List<Part> names = new ArrayList<>();
    item.any("tools")
        .ifPresent(found -> tools.names(found).forEach(name -> names.add(new TextPart(name))));
    result(item, names);
  }

  /** Reads a result; providers refuse one without its call. */
  private void output(RequestFields item) {
    if (item.text("call_id").filter(leftOut::contains).isPresent()) {
      item.leaveOut(item.text("type").orElse(""));
      return;
    }
    List<Part> parts = new ArrayList<>();
    RequestContentReader.read(item, "output", parts);
    result(item, parts);
  }

  private void result(RequestFields item, List<Part> parts) {
    endTurn();
    String id = OpaqueStateCodec.callId(item.requiredText("call_id")).id();
    ToolResult answered = new ToolResult(id, false, CacheMarks.read(item));
    messages.add(
        new Message(Role.TOOL, parts, Optional.empty(), Optional.empty(), Optional.of(answered)));
  }

  private void endTurn() {
    // Most dialects refuse empty texts.
    turn.removeIf(part -> part instanceof TextPart text && text.text().isEmpty());
    if (!turn.isEmpty() || refusal.isPresent()) {
      messages.add(new Message(Role.ASSISTANT, turn, Optional.empty(), refusal, Optional.empty()));
    }
    turn = new ArrayList<>();
    refusal = Optional.empty();
  }
}
