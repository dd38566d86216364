package dev.serai.adapters.dialects.translation;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.AudioPart;
import dev.serai.core.chat.Conversation.FilePart;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ReasoningPart;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.Conversation.ToolCallPart;
import dev.serai.core.chat.Conversation.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What of a caller's request a dialect cannot say, or says weaker, in the caller's words; or what
 * of a provider's answer callers of other dialects cannot be told, in the provider's. Each name
 * once, in the order noticed. Names may come from outside and end in a header: they are cut, and
 * what is not plain is replaced. Not thread-safe.
 */
public final class DroppedFields {
  private static final int MOST_NAMES = 32;
  private static final int LONGEST_NAME = 64;

  private final List<String> names = new ArrayList<>(4);

  /** Notes one; after 32 no more are noted. */
  public void add(String name) {
    add(name, _ -> {});
  }

  /** Notes one in a stream, and tells it if it is new. */
  public void add(String name, Consumer<ChatEvent> events) {
    String plain = plain(name);
    if (names.size() < MOST_NAMES && !names.contains(plain)) {
      names.add(plain);
      events.accept(new ChatEvent.Dropped(plain));
    }
  }

  /** Notes every field that asks for something: one that is null or false asks for nothing. */
  public void addAll(Map<String, String> jsonByName) {
    jsonByName.forEach(
        (name, json) -> {
          if (!json.equals("null") && !json.equals("false")) {
            add(name);
          }
        });
  }

  /** Notes the marks of a caller who wants his prompt cached. */
  public void addCacheMarks(Conversation conversation) {
    boolean marked = conversation.tools().stream().anyMatch(tool -> tool.cache().isPresent());
    for (Message message : conversation.messages()) {
      marked |= message.toolResult().flatMap(ToolResult::cache).isPresent();
      for (Part part : message.parts()) {
        marked |= isMarked(part);
      }
    }
    if (marked) {
      add("cache_control");
    }
  }

  private static boolean isMarked(Part part) {
    return switch (part) {
      case TextPart text -> text.cache().isPresent();
      case ToolCallPart called -> called.cache().isPresent();
      case ImagePart image -> image.cache().isPresent();
      case FilePart file -> file.cache().isPresent();
      case ReasoningPart _, AudioPart _ -> false;
    };
  }

  /** Notes that a tool failed, of which only its words are told. */
  public void addFailedTools(Conversation conversation) {
    for (Message message : conversation.messages()) {
      if (message.toolResult().filter(ToolResult::failed).isPresent()) {
        add("tool_result.is_error");
      }
    }
  }

  /** What was noted so far. */
  public List<String> names() {
    return List.copyOf(names);
  }

  private static String plain(String name) {
    int length = Math.min(name.length(), LONGEST_NAME);
    StringBuilder plain = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      plain.append(c > ' ' && c < 0x7F && c != ',' ? c : '_');
    }
    return plain.toString();
  }
}
