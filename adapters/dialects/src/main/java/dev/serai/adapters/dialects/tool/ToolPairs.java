package dev.serai.adapters.dialects.tool;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out results whose call is not before them, and calls that have no result although the
 * conversation goes on. Vendors refuse both: Anthropic's messages, for example, with "unexpected
 * tool_use_id" and "tool_use ids were found without tool_result blocks". The last message may have
 * open calls. For one conversation; not thread-safe.
 */
final class ToolPairs {
  private final Map<String, Deque<ToolCall>> open = new HashMap<>();
  private final Set<ToolCall> unanswered = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Message> uncalled = Collections.newSetFromMap(new IdentityHashMap<>());

  private ToolPairs() {}

  /**
   * The messages with complete pairs; the same list if all are.
   *
   * @param dropped receives {@code tool_result} or {@code tool_calls} if some are left out
   */
  static List<Message> complete(List<Message> messages, DroppedFields dropped) {
    boolean none = true;
    for (Message message : messages) {
      none &= message.toolResult().isEmpty() && !hasCalls(message);
    }
    return none ? messages : new ToolPairs().completed(messages, dropped);
  }

  private static boolean hasCalls(Message message) {
    for (Part part : message.parts()) {
      if (part instanceof ToolCallPart) {
        return true;
      }
    }
    return false;
  }

  private List<Message> completed(List<Message> messages, DroppedFields dropped) {
    messages.forEach(this::match);
    messages.getLast().toolCalls().forEach(unanswered::remove);
    if (!uncalled.isEmpty()) {
      dropped.add("tool_result");
    }
    if (!unanswered.isEmpty()) {
      dropped.add("tool_calls");
    }
    return uncalled.isEmpty() && unanswered.isEmpty() ? messages : kept(messages);
  }

  /** A result belongs to the first open call of its id in the last message with such calls. */
  private void match(Message message) {
    message.toolCalls().forEach(call -> open.remove(call.id()));
    for (ToolCall call : message.toolCalls()) {
      open.computeIfAbsent(call.id(), _ -> new ArrayDeque<>(1)).add(call);
      unanswered.add(call);
    }
    if (message.toolResult().isPresent()) {
      Deque<ToolCall> calls = open.get(message.toolResult().get().callId());
      if (calls == null) {
        uncalled.add(message);
      } else if (!calls.isEmpty()) {
        unanswered.remove(calls.remove());
      }
    }
  }

  private List<Message> kept(List<Message> messages) {
    List<Message> kept = new ArrayList<>(messages.size());
    for (Message message : messages) {
      if (uncalled.contains(message)) {
        continue;
      }
      List<Part> parts =
          message.parts().stream()
              .filter(part -> !(part instanceof ToolCallPart c && unanswered.contains(c.call())))
              .toList();
      if (parts.size() == message.parts().size()) {
        kept.add(message);
      } else if (!parts.isEmpty() || message.refusal().isPresent()) {
        kept.add(
            new Message(
                message.role(), parts, message.name(), message.refusal(), message.toolResult()));
      }
    }
    return kept;
  }
}
