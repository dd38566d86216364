package dev.serai.adapters.dialects.tool;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.TextInput;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.ToolCall;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The custom tools of a conversation: their input is plain text. Where only functions are known, a
 * custom tool is a function with that text as its only argument, see {@link ToolArguments}.
 * Immutable.
 */
public final class CustomTools {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\",\"description\":"
          + "\"The whole input of the tool, as plain text.\"}},\"required\":[\"input\"],"
          + "\"additionalProperties\":false}";

  /** None. */
  public static final CustomTools NONE = new CustomTools();

  private final Set<String> names = new HashSet<>();
  private final Set<String> calls = new HashSet<>();

  private CustomTools() {}

  /** The custom tools that a conversation declares, and the calls of them in it. */
  public CustomTools(Conversation conversation) {
    for (Tool tool : conversation.tools()) {
      if (tool.input().isPresent()) {
        names.add(tool.name());
      }
    }
    if (!names.isEmpty()) {
      for (Message message : conversation.messages()) {
        message.toolCalls().stream().filter(this::has).map(ToolCall::id).forEach(calls::add);
      }
    }
  }

  /** A custom tool, as a function too: the grammar of its input is in the description. */
  public static Tool tool(String name, TextInput input, Optional<CacheMark> mark) {
    StringBuilder description = new StringBuilder(input.description().orElse(""));
    if (input.grammar().isPresent()) {
      description
          .append(description.isEmpty() ? "" : "\n\n")
          .append("The input must follow this grammar (");
      description.append(input.syntax()).append("):\n").append(input.grammar().get());
    }
    return new Tool(
        name,
        description.isEmpty() ? Optional.empty() : Optional.of(description.toString()),
        SCHEMA,
        false,
        mark,
        Optional.of(input));
  }

  /** Whether a tool of that name is one. */
  public boolean has(String name) {
    return names.contains(name);
  }

  private boolean has(ToolCall call) {
    return has(call.name());
  }

  /** Whether the call with that id is one of a custom tool. */
  public boolean called(String callId) {
    return calls.contains(callId);
  }
}
