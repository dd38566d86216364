package dev.serai.adapters.dialects.tool;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the results of tool calls directly behind the message with the calls.
 *
 * <p>Clients of the Responses API and of Gemini may write other messages between a call and its
 * result, or between two calls of one turn. Vendors refuse that: OpenAI's chat completions and
 * Anthropic's messages expect all results of a turn at once. What stood between moves behind the
 * results, in its order, and calls of one turn become one message. A turn in which a result is
 * missing stays as it is. Stateless.
 */
public final class ToolTurns {
  /** How far behind its call a result is looked for, in messages. */
  private static final int MAX_DISTANCE = 128;

  private ToolTurns() {}

  /**
   * The conversation in that order, with only calls that have a result and results that have a
   * call; the same object if it is so already.
   *
   * @param dropped receives the names of what is left out
   */
  public static Conversation contiguous(Conversation conversation, DroppedFields dropped) {
    List<Message> ordered = contiguous(ToolPairs.complete(conversation.messages(), dropped));
    return ordered == conversation.messages()
        ? conversation
        : new Conversation(
            ordered,
            conversation.tools(),
            conversation.toolChoice(),
            conversation.responseFormat(),
            conversation.sampling(),
            conversation.unknown());
  }

  /** The messages in that order; the same list if they are in it already. */
  static List<Message> contiguous(List<Message> messages) {
    List<Message> ordered = new ArrayList<>(messages.size());
    boolean changed = false;
    int at = 0;
    while (at < messages.size()) {
      Turn turn = new Turn(messages.get(at));
      int end = turn.isOpen() ? turn.read(messages, at + 1) : -1;
      if (end < 0) {
        ordered.add(messages.get(at++));
        continue;
      }
      changed |= turn.isScattered();
      turn.writeTo(ordered);
      at = end;
    }
    return changed ? ordered : messages;
  }

  /** One message with calls, its results, and what stands between them. */
  private static final class Turn {
    private final List<String> open = new ArrayList<>();
    private final List<Message> results = new ArrayList<>();
    private final List<Message> between = new ArrayList<>();
    private Message calls;
    private boolean scattered;

    Turn(Message first) {
      calls = first;
      addCalls(first);
    }

    private void addCalls(Message message) {
      message.toolCalls().stream().map(ToolCall::id).forEach(open::add);
    }

    boolean isOpen() {
      return !open.isEmpty();
    }

    boolean isScattered() {
      return scattered;
    }

    /** Reads up to the last result; returns the index behind it, or -1 if a result is missing. */
    int read(List<Message> messages, int from) {
      int limit = Math.min(messages.size(), from + MAX_DISTANCE);
      for (int i = from; i < limit; i++) {
        take(messages.get(i));
        if (open.isEmpty()) {
          return i + 1;
        }
      }
      return -1;
    }

    private void take(Message message) {
      if (message.toolResult().filter(result -> open.remove(result.callId())).isPresent()) {
        scattered |= !between.isEmpty();
        results.add(message);
      } else if (message.role() == Role.ASSISTANT && !message.toolCalls().isEmpty()) {
        scattered = true;
        addCalls(message);
        List<Part> parts = new ArrayList<>(calls.parts());
        parts.addAll(message.parts());
        calls = new Message(calls.role(), parts, calls.name(), calls.refusal(), calls.toolResult());
      } else {
        between.add(message);
      }
    }

    void writeTo(List<Message> ordered) {
      ordered.add(calls);
      ordered.addAll(results);
      ordered.addAll(between);
    }
  }
}
