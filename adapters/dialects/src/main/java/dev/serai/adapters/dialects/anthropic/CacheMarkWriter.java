package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.translation.AlternatingTurnWriter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/**
 * Writes the marks up to which the provider caches the prompt. The API accepts four: of more, the
 * first and the last three in the prompt's order (tools, system, messages) are written. The first
 * serves other conversations, and the last ones serve the next turn. For one request.
 */
final class CacheMarkWriter {
  private static final int MAX_MARKS = 4;

  /** The part of the prompt that a mark is in. */
  enum Area {
    TOOLS,
    SYSTEM,
    TURNS
  }

  private final DroppedFields dropped;
  private final int[] next = new int[Area.values().length];
  private final int total;

  CacheMarkWriter(Conversation conversation, DroppedFields dropped) {
    this.dropped = dropped;
    int tools = 0;
    for (Tool tool : conversation.tools()) {
      tools += tool.cache().isPresent() ? 1 : 0;
    }
    int system = 0;
    int turns = 0;
    for (Message message : conversation.messages()) {
      int marks = marks(message);
      if (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER) {
        system += marks;
      } else {
        turns += marks;
      }
    }
    next[Area.SYSTEM.ordinal()] = tools;
    next[Area.TURNS.ordinal()] = tools + system;
    total = tools + system + turns;
  }

  /** Whether one more mark can be written: that of the whole request. */
  boolean hasRoom() {
    return total < MAX_MARKS;
  }

  private static int marks(Message message) {
    int marks = message.toolResult().flatMap(Conversation.ToolResult::cache).isPresent() ? 1 : 0;
    for (Part part : message.parts()) {
      marks += part.cache().isPresent() && !AlternatingTurnWriter.isBlank(part) ? 1 : 0;
    }
    return marks;
  }

  /** Writes a mark as a member of the open object, or reports it as dropped. */
  void write(JsonWriter out, Area area, Optional<CacheMark> mark) {
    if (mark.isEmpty()) {
      return;
    }
    int place = next[area.ordinal()]++;
    if (place > 0 && place <= total - MAX_MARKS) {
      dropped.add("cache_control");
      return;
    }
    out.name("cache_control").beginObject().member("type", "ephemeral");
    Optional<String> ttl = mark.get().ttl();
    if (ttl.isPresent()) {
      if (ttl.get().equals("5m") || ttl.get().equals("1h")) {
        out.member("ttl", ttl.get());
      } else {
        dropped.add("cache_control.ttl");
      }
    }
    out.endObject();
  }
}
