package dev.serai.adapters.dialects.responses;

import dev.serai.adapters.dialects.responses.ToolMapping.Kind;
import dev.serai.adapters.dialects.responses.ToolMapping.Origin;
import dev.serai.adapters.dialects.tool.ObjectProgress;
import dev.serai.adapters.dialects.tool.ToolArguments;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.json.JsonWriter;

/**
 * A tool call of a streamed response. The input of a custom tool is inside the JSON arguments, so
 * it is written as one delta when they are complete. A search for tools has no deltas: its
 * arguments are in the item.
 */
final class StreamedToolCall implements StreamedItem {
  private final String id;
  private final String callId;
  private final Origin tool;
  private final int place;
  private final StringBuilder arguments = new StringBuilder();
  private final ObjectProgress progress = new ObjectProgress();

  StreamedToolCall(NumberedEventWriter events, int place, ToolCallStarted call, Origin tool) {
    this.place = place;
    this.tool = tool;
    id = ResponseItemWriter.callItemId(tool);
    callId = OpaqueStateCodec.callId(call.id(), call.state());
    events.item("response.output_item.added", place, item("", "in_progress"));
  }

  private byte[] item(String text, String status) {
    JsonWriter out = new JsonWriter();
    ResponseItemWriter.call(out, new ResponseItemWriter.Call(id, callId, tool, text), status);
    return out.bytes();
  }

  /** Whether all its arguments have arrived. */
  boolean isComplete() {
    return progress.isComplete();
  }

  @Override
  public int place() {
    return place;
  }

  @Override
  public void delta(NumberedEventWriter events, String piece) {
    arguments.append(piece);
    progress.add(piece);
    if (tool.kind() == Kind.FUNCTION) {
      events.beginAbout("response.function_call_arguments.delta", id, place).member("delta", piece);
      events.end();
    }
  }

  @Override
  public byte[] close(NumberedEventWriter events, String status) {
    String text = arguments.toString();
    switch (tool.kind()) {
      case FUNCTION -> {
        events
            .beginAbout("response.function_call_arguments.done", id, place)
            .member("name", tool.name())
            .member("arguments", text);
        events.end();
      }
      case CUSTOM -> {
        text = ToolArguments.text(text);
        if (!text.isEmpty()) {
          events
              .beginAbout("response.custom_tool_call_input.delta", id, place)
              .member("delta", text);
          events.end();
        }
        events.beginAbout("response.custom_tool_call_input.done", id, place).member("input", text);
        events.end();
      }
      case SEARCH -> {}
    }
    byte[] whole = item(text, status);
    events.item("response.output_item.done", place, whole);
    return whole;
  }
}
