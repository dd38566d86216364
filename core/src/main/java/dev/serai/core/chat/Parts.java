package dev.serai.core.chat;

import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Views of a message's parts for dialects that keep text, reasoning and calls apart. Stateless. */
public final class Parts {
  private Parts() {}

  /** Parts from separate reasoning, text and calls; empty ones are left out. */
  public static List<Part> of(String reasoning, String text, List<ToolCall> calls) {
    List<Part> parts = new ArrayList<>(2 + calls.size());
    if (!reasoning.isEmpty()) {
      parts.add(new ReasoningPart(reasoning));
    }
    if (!text.isEmpty()) {
      parts.add(new TextPart(text));
    }
    for (ToolCall call : calls) {
      parts.add(new ToolCallPart(call));
    }
    return parts;
  }

  /** All text, joined; empty if there is none. */
  public static Optional<String> text(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof TextPart text) {
        all.append(text.text());
      }
    }
    return unlessEmpty(all);
  }

  /** All readable reasoning, joined; empty if there is none. */
  public static Optional<String> reasoning(List<Part> parts) {
    StringBuilder all = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof ReasoningPart reasoning) {
        all.append(reasoning.text());
      }
    }
    return unlessEmpty(all);
  }

  private static Optional<String> unlessEmpty(StringBuilder all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
  }

  /** The tool calls, in order. */
  public static List<ToolCall> toolCalls(List<Part> parts) {
    List<ToolCall> calls = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof ToolCallPart called) {
        calls.add(called.call());
      }
    }
    return calls;
  }

  /** What is neither reasoning nor a tool call, in order. */
  public static List<Part> content(List<Part> parts) {
    List<Part> content = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (!(part instanceof ReasoningPart) && !(part instanceof ToolCallPart)) {
        content.add(part);
      }
    }
    return content;
  }
}
