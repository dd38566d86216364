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

  private final int choice;
  private final List<Call> calls = new ArrayList<>(2);

  public ToolCallEmitter(int choice) {
    this.choice = choice;
  }

  /** A call whose arguments arrive. */
  public final class Call {
    private final int index;
    private final String whole;
    private boolean anyArguments;

    private Call(int index, String whole) {
      this.index = index;
      this.whole = whole;
    }

    /** A piece of the arguments; an empty one is ignored. */
    public void add(String fragment, Consumer<ChatEvent> events) {
      if (!fragment.isEmpty()) {
        anyArguments = true;
        events.accept(new ChatEvent.ToolArgumentsDelta(choice, index, fragment));
      }
    }

    /** The call is complete: without a piece it has the arguments that it began with. */
    public void complete(Consumer<ChatEvent> events) {
      if (!anyArguments) {
        add(whole, events);
      }
    }
  }

  /**
   * A call begins.
   *
   * @param call its arguments are those to use if no piece follows
   * @throws MalformedInput if there are too many calls
   */
  public Call begin(ToolCall call, Consumer<ChatEvent> events) {
    if (calls.size() == MAX_CALLS) {
      throw new MalformedInput(0, "at most " + MAX_CALLS + " tool calls");
    }
    Call begun = new Call(calls.size(), call.arguments());
    calls.add(begun);
    events.accept(
        new ChatEvent.ToolCallStarted(choice, begun.index, call.id(), call.name(), call.state()));
    return begun;
  }

  /** The number of calls so far. */
  public int size() {
    return calls.size();
  }

  /** The choice is complete, and with it every call. */
  public void complete(Consumer<ChatEvent> events) {
    calls.forEach(call -> call.complete(events));
  }
}
