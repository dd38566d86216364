package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers one choice's tool calls for callers who are told a call as a whole. Arguments may come
 * interleaved: which calls are complete is known only when the choice is. Not thread-safe.
 */
public final class ToolCallAssembler {
  private final List<Open> calls = new ArrayList<>(2);

  private record Open(ToolCallStarted started, StringBuilder arguments) {}

  /** A call begins. */
  public void begin(ToolCallStarted started) {
    calls.add(new Open(started, new StringBuilder()));
  }

  /** A piece of a call's arguments; one of a call that never began is nobody's. */
  public void add(ToolArgumentsDelta piece) {
    for (Open call : calls) {
      if (call.started.index() == piece.index()) {
        call.arguments.append(piece.fragment());
      }
    }
  }

  /** All calls as far as they came, in the order they began; none is held any more. */
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
