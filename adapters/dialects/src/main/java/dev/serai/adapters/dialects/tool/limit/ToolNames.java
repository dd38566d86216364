package dev.serai.adapters.dialects.tool.limit;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.ToolCall;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The tools of a conversation whose names a vendor does not accept, and their names there.
 * Different names stay different. Computed from the conversation alone, so that the next request
 * and the reply have the same names. Immutable.
 */
final class ToolNames {
  /** All names as they are. */
  static final ToolNames SAME = new ToolNames();

  private final Map<String, String> fitted = new HashMap<>();
  private final Map<String, String> own = new HashMap<>();

  private ToolNames() {}

  static ToolNames of(Conversation conversation, TextLimit limit) {
    ToolNames names = new ToolNames();
    Set<String> all = all(conversation);
    for (String name : all) {
      if (!limit.accepts(name)) {
        names.add(name, all, limit);
      }
    }
    return names;
  }

  private void add(String name, Set<String> all, TextLimit limit) {
    int variant = 0;
    String replacement = limit.fit(name);
    while (all.contains(replacement) || own.containsKey(replacement)) {
      replacement = limit.fit(name, ++variant);
    }
    fitted.put(name, replacement);
    own.put(replacement, name);
  }

  /** Every name, in the order of the conversation. */
  private static Set<String> all(Conversation conversation) {
    Set<String> names = new LinkedHashSet<>();
    for (Tool tool : conversation.tools()) {
      names.add(tool.name());
    }
    if (conversation.toolChoice() instanceof ToolChoice.Named named) {
      names.add(named.tool());
    }
    for (Message message : conversation.messages()) {
      for (ToolCall call : message.toolCalls()) {
        names.add(call.name());
      }
      if (message.role() == Role.TOOL) {
        message.name().ifPresent(names::add);
      }
    }
    return names;
  }

  /** Whether the vendor accepts every name. */
  boolean isEmpty() {
    return fitted.isEmpty();
  }

  /** The name at the vendor. */
  String fitted(String name) {
    return fitted.getOrDefault(name, name);
  }

  /** The caller's name. */
  String own(String name) {
    return own.getOrDefault(name, name);
  }
}
