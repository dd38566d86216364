package dev.serai.adapters.dialects.tool.limit;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Tool;
import java.util.HashMap;
import java.util.Map;

/** The tools of a conversation with parameters whose keys a vendor does not accept. Immutable. */
final class ToolKeys {
  /** All keys as they are. */
  static final ToolKeys SAME = new ToolKeys();

  private final Map<String, PropertyKeys> byTool = new HashMap<>(0);

  private ToolKeys() {}

  static ToolKeys of(Conversation conversation, VendorLimits limits) {
    if (limits.propertyKeys().isEmpty()) {
      return SAME;
    }
    ToolKeys keys = new ToolKeys();
    for (Tool tool : conversation.tools()) {
      PropertyKeys own = PropertyKeys.of(tool.parametersJson(), limits.propertyKeys().get());
      if (!own.isEmpty()) {
        keys.byTool.put(tool.name(), own);
      }
    }
    return keys;
  }

  /** Whether the vendor accepts every key. */
  boolean isEmpty() {
    return byTool.isEmpty();
  }

  /** The keys of the tool of that name, which is the caller's. */
  PropertyKeys of(String tool) {
    return byTool.getOrDefault(tool, PropertyKeys.SAME);
  }
}
