package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.request.CacheMarks;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.Conversation.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tools that a request offers in its last turn: those that it declares, with the changes of its
 * messages ("Mid-conversation tool changes", platform.claude.com/docs). A block adds a tool that it
 * defines, or one that was removed; another removes one. For one request.
 */
final class OfferedTools {
  static final String ADDITION = "tool_addition";
  static final String REMOVAL = "tool_removal";

  private final Map<String, String> unknown;
  private final List<RequestFields> changes = new ArrayList<>();

  /**
   * @param unknown receives the names of the tools that are not the client's
   */
  OfferedTools(Map<String, String> unknown) {
    this.unknown = unknown;
  }

  /** Notes a block of a message, in their order. */
  void change(RequestFields block) {
    changes.add(block);
  }

  /** The tools that are left, with those that the request declares. */
  List<Tool> read(List<RequestFields> declared) {
    List<Tool> tools = new ArrayList<>();
    declared.forEach(tool -> read(tool).ifPresent(tools::add));
    Set<String> removed = new HashSet<>();
    for (RequestFields block : changes) {
      boolean added = block.requiredText("type").equals(ADDITION);
      RequestFields tool = block.requiredObject("tool");
      switch (tool.requiredText("type")) {
        case "tool_definition" ->
            read(tool.requiredObject("definition"))
                .ifPresent(
                    defined -> {
                      removed.remove(defined.name());
                      tools.removeIf(known -> known.name().equals(defined.name()));
                      tools.add(defined);
                    });
        case "tool_reference" -> {
          String name = tool.requiredText("name");
          if (added) {
            removed.remove(name);
          } else {
            removed.add(name);
          }
        }
        default ->
            unknown.put("messages.content." + (added ? ADDITION : REMOVAL), tool.node().toString());
      }
    }
    tools.removeIf(tool -> removed.contains(tool.name()));
    return List.copyOf(tools);
  }

  private Optional<Tool> read(RequestFields tool) {
    String type = tool.text("type").orElse("custom");
    if (!type.equals("custom")) {
      unknown.put("tools." + type, tool.node().toString());
      return Optional.empty();
    }
    return Optional.of(
        new Tool(
            tool.requiredText("name"),
            tool.text("description"),
            tool.requiredObject("input_schema").node().toString(),
            tool.flag("strict").orElse(false),
            CacheMarks.read(tool)));
  }
}
