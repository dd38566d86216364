package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Puts the parts of an answer one after the other, where a provider may mix the arguments of
 * several tool calls. A call is over when its arguments are a whole JSON value; what comes before
 * that and is not its own waits. The usual stream, one call after the other, passes without
 * waiting. Of several choices the first passes. For one stream; not thread-safe.
 */
final class StreamPartSequencer {
  /** Characters that may wait: far more than a model writes in one answer. */
  private static final int MOST_WAITING = 8 * 1024 * 1024;

  private static final int NO_CALL = -1;

  private final Queue<ChatEvent> waiting = new ArrayDeque<>(4);
  private final ValueEnd arguments = new ValueEnd();
  private int call = NO_CALL;
  private int held;

  /** Takes a part; gives on to {@code next} what may be said now. */
  void take(ChatEvent part, Consumer<ChatEvent> next) {
    if (choice(part) != 0) {
      return;
    }
    if (mustWait(part) && held <= MOST_WAITING) {
      waiting.add(part);
      held += part instanceof ToolArgumentsDelta delta ? delta.fragment().length() : 1;
      return;
    }
    pass(part, next);
    drain(next);
  }

  /** Nothing more comes: a call whose arguments were cut is over too. */
  void allNow(Consumer<ChatEvent> next) {
    drain(next);
    while (!waiting.isEmpty()) {
      call = NO_CALL;
      pass(waiting.remove(), next);
      drain(next);
    }
  }

  private void drain(Consumer<ChatEvent> next) {
    boolean moved = !waiting.isEmpty();
    while (moved) {
      moved = false;
      for (Iterator<ChatEvent> each = waiting.iterator(); each.hasNext(); ) {
        ChatEvent part = each.next();
        if (!mustWait(part)) {
          each.remove();
          pass(part, next);
          moved = true;
        }
      }
    }
  }

  private boolean mustWait(ChatEvent part) {
    return call != NO_CALL
        && !arguments.isOver()
        && !(part instanceof ToolArgumentsDelta delta && delta.index() == call);
  }

  private void pass(ChatEvent part, Consumer<ChatEvent> next) {
    switch (part) {
      case ToolCallStarted started -> {
        call = started.index();
        arguments.reset();
      }
      case ToolArgumentsDelta delta -> {
        if (delta.index() != call) {
          // White space behind arguments that were whole.
          return;
        }
        arguments.take(delta.fragment());
      }
      default -> call = NO_CALL;
    }
    next.accept(part);
  }

  private static int choice(ChatEvent part) {
    return switch (part) {
      case ChatEvent.TextDelta delta -> delta.choice();
      case ChatEvent.ReasoningDelta delta -> delta.choice();
      case ChatEvent.ReasoningState state -> state.choice();
      case ChatEvent.RefusalDelta delta -> delta.choice();
      case ToolCallStarted started -> started.choice();
      case ToolArgumentsDelta delta -> delta.choice();
      default -> 0;
    };
  }

  /** Finds the end of an object or array that comes in fragments. */
  private static final class ValueEnd {
    private int depth;
    private boolean begun;
    private boolean quoted;
    private boolean escaped;

    void reset() {
      depth = 0;
      begun = false;
      quoted = false;
      escaped = false;
    }

    void take(String fragment) {
      for (int i = 0; i < fragment.length(); i++) {
        char c = fragment.charAt(i);
        if (escaped) {
          escaped = false;
        } else if (c == '\\') {
          escaped = quoted;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && (c == '{' || c == '[')) {
          depth++;
          begun = true;
        } else if (!quoted && (c == '}' || c == ']')) {
          depth--;
        }
      }
    }

    boolean isOver() {
      return begun && depth <= 0 && !quoted;
    }
  }
}
