package dev.serai.adapters.dialects.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.stream.EmittedText;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.tool.ToolCallEmitter;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ToolCall;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a tool call. It starts when its name is known; arguments that arrive before that are in
 * the complete item too. The input of a custom tool, plain text, becomes an argument and is emitted
 * when it is complete.
 */
final class DecodedCall implements DecodedItem {
  private static final int MAX_INPUT = 8 * 1024 * 1024;

  private final ToolCallEmitter calls;
  private final boolean custom;
  private final EmittedText arguments = new EmittedText();
  private final StringBuilder input = new StringBuilder();
  private ToolCallEmitter.@Nullable Call call;

  DecodedCall(ToolCallEmitter calls, boolean custom) {
    this.calls = calls;
    this.custom = custom;
  }

  /** Starts the call, if the item has its name. */
  void start(JsonNode item, Consumer<ChatEvent> events) {
    String name = item.path("name").asText("");
    if (call == null && !name.isEmpty()) {
      String initial = ResponseReader.arguments(item.path("arguments").asText(""));
      call = calls.begin(new ToolCall(ResponseReader.callId(item), name, initial), events);
    }
  }

  @Override
  public void take(JsonNode event, Consumer<ChatEvent> events) {
    switch (event.path("type").asText("")) {
      case "response.function_call_arguments.delta" -> emit(event.path("delta").asText(""), events);
      case "response.function_call_arguments.done" ->
          emit(arguments.rest(event.path("arguments").asText("")), events);
      case "response.custom_tool_call_input.delta" -> {
        input.append(event.path("delta").asText(""));
        if (input.length() > MAX_INPUT) {
          throw new MalformedInput(0, "a shorter input of a tool");
        }
      }
      case "response.custom_tool_call_input.done" -> input(event.path("input").asText(""), events);
      default -> {}
    }
  }

  private void emit(String piece, Consumer<ChatEvent> events) {
    if (call != null && !piece.isEmpty()) {
      arguments.add(piece);
      call.add(piece, events);
    }
  }

  private void input(String whole, Consumer<ChatEvent> events) {
    if (arguments.isEmpty()) {
      emit(ToolArguments.ofText(whole), events);
    }
  }

  @Override
  public void complete(JsonNode item, Consumer<ChatEvent> events) {
    start(item, events);
    if (custom) {
      input(item.path("input").asText(input.toString()), events);
    } else {
      emit(arguments.rest(item.path("arguments").asText("")), events);
    }
    if (call != null) {
      call.complete(events);
    }
  }

  @Override
  public void end(Consumer<ChatEvent> events) {
    if (custom) {
      input(input.toString(), events);
    }
    if (call != null) {
      call.complete(events);
    }
  }
}
