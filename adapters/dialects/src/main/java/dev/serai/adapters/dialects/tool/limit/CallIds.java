package dev.serai.adapters.dialects.tool.limit;

import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.ToolCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every tool call of a conversation an id of its own that a vendor accepts, and every result
 * the id of its call.
 *
 * <p>Model: some providers send the same id in every turn, or none. A result belongs to the first
 * call of its id in the last message with such calls that has no result yet. For one conversation;
 * not thread-safe.
 */
public final class CallIds {
  private final TextLimit limit;
  private final Set<String> used = new HashSet<>();
  private final Set<String> inMessage = new HashSet<>();
  private final Map<String, Integer> variants = new HashMap<>();
  private final Map<String, Deque<String>> open = new HashMap<>();
  private final Map<String, String> last = new HashMap<>();

  public CallIds(TextLimit limit) {
    this.limit = limit;
  }

  /** Whether all ids may stay as they are. */
  static boolean fit(List<Message> messages, TextLimit limit) {
    Set<String> ids = new HashSet<>();
    for (Message message : messages) {
      for (ToolCall call : message.toolCalls()) {
        if (!limit.accepts(call.id()) || !ids.add(call.id())) {
          return false;
        }
      }
      if (message.toolResult().filter(result -> !limit.accepts(result.callId())).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** Another message begins. */
  public void beginMessage() {
    inMessage.clear();
  }

  /** The id of the next call with this id. */
  public String ofCall(String id) {
    int variant = variants.getOrDefault(id, 0);
    String fitted = limit.fit(id, variant);
    while (!used.add(fitted)) {
      fitted = limit.fit(id, ++variant);
    }
    variants.put(id, variant + 1);
    if (inMessage.add(id)) {
      open.remove(id);
    }
    open.computeIfAbsent(id, _ -> new ArrayDeque<>(1)).add(fitted);
    last.put(id, fitted);
    return fitted;
  }

  /** The id of the call that the next result with this id belongs to. */
  public String ofResult(String id) {
    Deque<String> waiting = open.get(id);
    if (waiting != null && !waiting.isEmpty()) {
      return waiting.remove();
    }
    return last.getOrDefault(id, limit.fit(id));
  }
}
