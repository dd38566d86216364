package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles the streamed tool calls of one choice, for clients that receive complete calls: those
 * of Gemini and Ollama, whose streams have no pieces of calls. Arguments of several calls may be
 * interleaved: the calls are complete when the choice is. Not thread-safe.
 */
public final class ToolCallAssembler {
  private final List<Open> calls = new ArrayList<>(2);

  private record Open(ToolCallStarted started, StringBuilder arguments) {}

  /** A call begins. */
  public void begin(ToolCallStarted started) {
    calls.add(new Open(started, new StringBuilder()));
  }

  /** A piece of the arguments of a call; ignored for a call that has not begun. */
  public void add(ToolArgumentsDelta piece) {
    for (Open call : calls) {
      if (call.started.index() == piece.index()) {
        call.arguments.append(piece.fragment());
      }
    }
  }

  /** All calls so far, in the order they began; the assembler is empty afterwards. */
  public List<ToolCall> take() {
    List<ToolCall> taken = new ArrayList<>(calls.size());
    for (Open call : calls) {
      ToolCallStarted started = call.started;
      taken.add(
          new ToolCall(started.id(), started.name(), call.arguments.toString(), started.state()));
    }
    calls.clear();
    return taken;
  }
}
