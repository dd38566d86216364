package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the results of parallel calls in the order of their calls, for a provider that pairs them by
 * position or by the name of the tool. A client may send them in the order in which its tools
 * ended. Other messages stay in place. For one request; not thread-safe.
 */
public final class ToolResultOrder {
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Message> messages;

  private ToolResultOrder(List<Message> messages) {
    this.messages = new ArrayList<>(messages);
  }

  /** The messages; those between two of the model that hold results have the order of the calls. */
  public static List<Message> of(List<Message> messages) {
    return messages.stream().filter(m -> m.toolResult().isPresent()).count() < 2
        ? messages
        : new ToolResultOrder(messages).sorted();
  }

  private List<Message> sorted() {
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (message.role() == Role.ASSISTANT) {
        sort(results);
        for (ToolCall call : message.toolCalls()) {
          places.put(call.id(), places.size());
        }
      } else if (message.toolResult().isPresent()) {
        results.add(i);
      }
    }
    sort(results);
    return messages;
  }

  /** A result without a call follows the others. */
  private void sort(List<Integer> results) {
    List<Message> sorted =
        results.stream().map(messages::get).sorted(Comparator.comparingInt(this::place)).toList();
    for (int i = 0; i < sorted.size(); i++) {
      messages.set(results.get(i), sorted.get(i));
    }
    results.clear();
  }

  private int place(Message message) {
    String callId = message.toolResult().map(ToolResult::callId).orElse("");
    return places.getOrDefault(callId, Integer.MAX_VALUE);
  }
}
