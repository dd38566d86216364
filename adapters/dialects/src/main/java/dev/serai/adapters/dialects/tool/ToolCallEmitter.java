package dev.serai.adapters.dialects.tool;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Emits the tool calls of one choice as events, while a stream is decoded. Calls are numbered from
 * 0 in the order they begin, however the provider numbers them. The counterpart of {@link
 * ToolCallAssembler}. Not thread-safe.
 */
public final class ToolCallEmitter {
  /** The largest number of calls in a choice. */
  public static final int MAX_CALLS = 1024;

  /** The index of a call whose arguments are text of the response. */
  private static final int TEXT = -1;

  private final int choice;
  private final List<Call> calls = new ArrayList<>(2);
  private int begun;

  public ToolCallEmitter(int choice) {
    this.choice = choice;
  }

  /** A call whose arguments arrive. */
  public final class Call {
    private final int index;
    private final String whole;
    private final StringBuilder held = new StringBuilder(0);
    private boolean anyArguments;

    private Call(int index, String whole) {
      this.index = index;
      this.whole = whole;
    }

    /**
     * A piece of the arguments; an empty one is ignored. Pieces that may become {@code null}, which
     * is how some models write that there are none, wait for the next one.
     */
    public void add(String fragment, Consumer<ChatEvent> events) {
      if (fragment.isEmpty()) {
        return;
      }
      if (anyArguments) {
        emit(fragment, events);
        return;
      }
      held.append(fragment);
      if (index == TEXT || !ToolArguments.mayBeNone(held.toString())) {
        emitHeld(events);
      }
    }

    /** The call is complete: without arguments it has those that it began with. */
    public void complete(Consumer<ChatEvent> events) {
      if (anyArguments) {
        return;
      }
      if (!held.isEmpty() && !ToolArguments.isNull(held.toString())) {
        emitHeld(events);
      } else if (!whole.isEmpty()) {
        emit(whole, events);
      }
    }

    private void emitHeld(Consumer<ChatEvent> events) {
      emit(held.toString(), events);
      held.setLength(0);
    }

    private void emit(String fragment, Consumer<ChatEvent> events) {
      anyArguments = true;
      events.accept(
          index == TEXT
              ? new ChatEvent.TextDelta(choice, fragment)
              : new ChatEvent.ToolArgumentsDelta(choice, index, fragment));
    }
  }

  /**
   * A call begins.
   *
   * @param call its arguments are those to use if no piece follows
   * @throws MalformedInput if there are too many calls
   */
  public Call begin(ToolCall call, Consumer<ChatEvent> events) {
    Call added = add(begun, call.arguments());
    begun++;
    events.accept(
        new ChatEvent.ToolCallStarted(choice, added.index, call.id(), call.name(), call.state()));
    return added;
  }

  /**
   * A call begins that is not for the client: its arguments are the structured output, which is
   * text of the response.
   *
   * @param whole the arguments to use if no piece follows
   * @throws MalformedInput if there are too many calls
   */
  public Call beginText(String whole) {
    return add(TEXT, whole);
  }

  private Call add(int index, String whole) {
    if (calls.size() == MAX_CALLS) {
      throw new MalformedInput(0, "at most " + MAX_CALLS + " tool calls");
    }
    Call added = new Call(index, whole);
    calls.add(added);
    return added;
  }

  /** The number of calls for the client so far. */
  public int size() {
    return begun;
  }

  /** The choice is complete, and with it every call. */
  public void complete(Consumer<ChatEvent> events) {
    calls.forEach(call -> call.complete(events));
  }
}
