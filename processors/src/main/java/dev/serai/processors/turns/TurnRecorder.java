package dev.serai.processors.turns;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ToolCall;
import dev.serai.core.session.SessionMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what the model says in the first choice of a response: text, refusals and calls of
 * tools. Longer texts than a message may have are cut. For one call; confined to the thread that
 * carries it.
 */
final class TurnRecorder {
  private static final int MAX_CALLS = 128;

  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Call> calls = new LinkedHashMap<>();
  private boolean cut;

  /** A call of a tool while it arrives. */
  private record Call(String id, String name, StringBuilder arguments) {}

  void take(ChatResponse response) {
    if (!response.choices().isEmpty()) {
      ChatResponse.Choice first = response.choices().getFirst();
      first.text().or(first::refusalText).ifPresent(this::append);
      int index = 0;
      for (ToolCall call : first.toolCalls()) {
        begin(index, call.id(), call.name());
        append(index++, call.arguments());
      }
    }
  }

  void take(ChatEvent event) {
    switch (event) {
      case ChatEvent.TextDelta delta when delta.choice() == 0 -> append(delta.text());
      case ChatEvent.RefusalDelta delta when delta.choice() == 0 -> append(delta.text());
      case ChatEvent.ToolCallStarted call when call.choice() == 0 ->
          begin(call.index(), call.id(), call.name());
      case ChatEvent.ToolArgumentsDelta delta when delta.choice() == 0 ->
          append(delta.index(), delta.fragment());
      default -> {}
    }
  }

  private void append(String more) {
    append(text, more);
  }

  private void append(StringBuilder to, String more) {
    int room = SessionMessage.MAX_BYTES / 2 - to.length(); // most characters have one or two bytes
    cut |= more.length() > room;
    to.append(more, 0, Math.clamp(room, 0, more.length()));
  }

  private void begin(int index, String id, String name) {
    if (calls.size() < MAX_CALLS) {
      calls.put(index, new Call(id, name, new StringBuilder()));
    } else {
      cut = true;
    }
  }

  private void append(int index, String fragment) {
    Call call = calls.get(index);
    if (call != null) {
      append(call.arguments, fragment);
    }
  }

  String text() {
    return text.toString();
  }

  /** The calls of tools, in order. */
  List<ToolCall> calls() {
    List<ToolCall> made = new ArrayList<>(calls.size());
    for (Call call : calls.values()) {
      made.add(new ToolCall(call.id, call.name, call.arguments.toString()));
    }
    return made;
  }

  /** Whether something was too long. */
  boolean isCut() {
    return cut;
  }

  /** Whether the model has said nothing. */
  boolean isEmpty() {
    return text.isEmpty() && calls.isEmpty();
  }
}
