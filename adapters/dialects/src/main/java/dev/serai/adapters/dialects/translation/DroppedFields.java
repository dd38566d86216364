package dev.serai.adapters.dialects.translation;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Collects the fields that a translation drops or weakens: of a request, in the caller's terms, or
 * of a response, in the provider's. Each name once, in order of discovery. Names may come from
 * outside and are sent in a header: they are truncated, and unsafe characters are replaced. Not
 * thread-safe.
 */
public final class DroppedFields {
  private static final int MAX_NAMES = 32;
  private static final int MAX_NAME_LENGTH = 96;

  private final List<String> names = new ArrayList<>(4);

  /** Adds a name; after 32 no more are added. */
  public void add(String name) {
    add(name, _ -> {});
  }

  /** Adds a name during a stream, and emits an event if it is new. */
  public void add(String name, Consumer<ChatEvent> events) {
    String plain = plain(name);
    if (names.size() < MAX_NAMES && !names.contains(plain)) {
      names.add(plain);
      events.accept(new ChatEvent.Dropped(plain));
    }
  }

  /** Adds every field with an effect: one that is null or false has none. */
  public void addAll(Map<String, String> jsonByName) {
    jsonByName.forEach(
        (name, json) -> {
          if (!json.equals("null") && !json.equals("false")) {
            add(name);
          }
        });
  }

  /** Adds the cache marks of a request. */
  public void addCacheMarks(Conversation conversation) {
    boolean marked = conversation.tools().stream().anyMatch(tool -> tool.cache().isPresent());
    for (Message message : conversation.messages()) {
      marked |= message.toolResult().flatMap(ToolResult::cache).isPresent();
      for (Part part : message.parts()) {
        marked |= part.cache().isPresent();
      }
    }
    if (marked) {
      add("cache_control");
    }
  }

  /** Adds the error flag of failed tools, whose text alone is sent. */
  public void addFailedTools(Conversation conversation) {
    for (Message message : conversation.messages()) {
      if (message.toolResult().filter(ToolResult::failed).isPresent()) {
        add("tool_result.is_error");
      }
    }
  }

  /** Adds the wish for one tool call at a time. */
  public void addSerialCalls(ToolChoice choice) {
    if (!choice.parallelCalls().orElse(true)) {
      add("parallel_tool_calls");
    }
  }

  /** Adds the name of a message's speaker, if it has one. */
  public void addSpeaker(Message message) {
    if (message.name().isPresent()) {
      add("messages.name");
    }
  }

  /** The names so far. */
  public List<String> names() {
    return List.copyOf(names);
  }

  private static String plain(String name) {
    int length = Math.min(name.length(), MAX_NAME_LENGTH);
    StringBuilder plain = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      plain.append(c > ' ' && c < 0x7F && c != ',' ? c : '_');
    }
    return plain.toString();
  }
}
