package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Assembles the streamed tool calls of one choice, for clients that receive complete calls: those
 * of Gemini and Ollama, whose streams have no pieces of calls. Arguments of several calls may be
 * interleaved. Not thread-safe.
 */
public final class ToolCallAssembler {
  private final List<Open> calls = new ArrayList<>(2);

  private record Open(ToolCallStarted started, StringBuilder arguments, ObjectProgress progress) {
    ToolCall call() {
      return new ToolCall(started.id(), started.name(), arguments.toString(), started.state());
    }
  }

  public void begin(ToolCallStarted started) {
    calls.add(new Open(started, new StringBuilder(), new ObjectProgress()));
  }

  /** A piece of the arguments of a call; ignored for a call that has not begun. */
  public void add(ToolArgumentsDelta piece) {
    for (Open call : calls) {
      if (call.started.index() == piece.index()) {
        call.arguments.append(piece.fragment());
        call.progress.add(piece.fragment());
      }
    }
  }

  /** All calls so far, in the order they began; the assembler is empty afterwards. */
  public List<ToolCall> take() {
    return take(calls.size());
  }

  /**
   * The calls that are complete, in the order they began, up to the first one that is not: what the
   * model writes next belongs behind them.
   */
  public List<ToolCall> takeComplete() {
    int complete = 0;
    while (complete < calls.size() && calls.get(complete).progress.isComplete()) {
      complete++;
    }
    return take(complete);
  }

  private List<ToolCall> take(int number) {
    List<Open> first = calls.subList(0, number);
    List<ToolCall> taken = first.stream().map(Open::call).toList();
    first.clear();
    return taken;
  }
}
