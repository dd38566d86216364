package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ChatEvent.ToolArgumentsDelta;
import dev.serai.core.chat.ChatEvent.ToolCallStarted;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Orders the parts of a stream so that each tool call is contiguous, where a provider interleaves
 * the arguments of several calls.
 *
 * <p>Model: a call is complete when its arguments are a complete JSON value. Until then, other
 * parts wait in a queue. The common stream, one call after the other, passes without waiting. Only
 * the first of several choices passes. For one stream; not thread-safe.
 */
final class StreamPartSequencer {
  /** Characters that may wait: far more than a model writes in one response. */
  private static final int MAX_WAITING = 8 * 1024 * 1024;

  private static final int NO_CALL = -1;

  private final Queue<ChatEvent> waiting = new ArrayDeque<>(4);
  private final ValueEnd arguments = new ValueEnd();
  private int call = NO_CALL;
  private int held;

  /**
   * Accepts a part, and passes to {@code next} the parts whose turn has come.
   *
   * @throws MalformedInput if too much is waiting
   */
  void accept(ChatEvent part, Consumer<ChatEvent> next) {
    if (choice(part) != 0) {
      return;
    }
    if (mustWait(part)) {
      held += size(part);
      if (held > MAX_WAITING) {
        throw new MalformedInput(0, "tool calls whose arguments end");
      }
      waiting.add(part);
      return;
    }
    pass(part, next);
    drain(next);
  }

  /** Passes all waiting parts on: the stream has ended, even within a call's arguments. */
  void flush(Consumer<ChatEvent> next) {
    drain(next);
    while (!waiting.isEmpty()) {
      call = NO_CALL;
      ChatEvent part = waiting.remove();
      held -= size(part);
      pass(part, next);
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
          held -= size(part);
          pass(part, next);
          moved = true;
        }
      }
    }
  }

  private boolean mustWait(ChatEvent part) {
    return call != NO_CALL
        && !arguments.isComplete()
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
          // White space after complete arguments.
          return;
        }
        arguments.take(delta.fragment());
      }
      default -> call = NO_CALL;
    }
    next.accept(part);
  }

  private static int size(ChatEvent part) {
    return switch (part) {
      case ToolArgumentsDelta delta -> 1 + delta.fragment().length();
      case ChatEvent.TextDelta delta -> 1 + delta.text().length();
      default -> 1;
    };
  }

  private static int choice(ChatEvent part) {
    return switch (part) {
      case ChatEvent.TextDelta delta -> delta.choice();
      case ChatEvent.TextCited cited -> cited.choice();
      case ChatEvent.ReasoningDelta delta -> delta.choice();
      case ChatEvent.ReasoningState state -> state.choice();
      case ChatEvent.RefusalDelta delta -> delta.choice();
      case ToolCallStarted started -> started.choice();
      case ToolArgumentsDelta delta -> delta.choice();
      default -> 0;
    };
  }

  /** Finds the end of a JSON object or array that arrives in fragments. */
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

    boolean isComplete() {
      return begun && depth <= 0 && !quoted;
    }
  }
}
