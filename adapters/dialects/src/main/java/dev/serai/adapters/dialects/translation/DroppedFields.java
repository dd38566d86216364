package dev.serai.adapters.dialects.translation;

import dev.serai.core.chat.ChatEvent;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.ToolChoice;
import dev.serai.core.chat.Conversation.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects the fields that a translation drops or weakens: of a request, in the caller's terms, or
 * of a response, in the provider's. Each name once, in order of discovery. Names may come from
 * outside and are sent in a header: they are truncated, and characters that a list in a header
 * cannot have are percent-encoded in UTF-8 (RFC 3986, section 2.1). After 32 names the others are
 * only counted. Not thread-safe.
 */
public final class DroppedFields {
  private static final int MAX_NAMES = 32;
  private static final int MAX_NAME_LENGTH = 96;

  /** More names than that are not told apart. */
  private static final int MAX_COUNTED = 4096;

  private final List<String> names = new ArrayList<>(4);
  private final Set<String> more = new HashSet<>(0);

  /** Adds a name. */
  public void add(String name) {
    add(name, _ -> {});
  }

  /** Adds a name during a stream, and emits an event if it is new and one of the first 32. */
  public void add(String name, Consumer<ChatEvent> events) {
    String plain = plain(name);
    if (names.contains(plain)) {
      return;
    }
    if (names.size() < MAX_NAMES) {
      names.add(plain);
      events.accept(new ChatEvent.Dropped(plain));
    } else if (more.size() < MAX_COUNTED) {
      more.add(plain);
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

  /** The names so far; behind the first 32, how many others there are: {@code and 3 more}. */
  public List<String> names() {
    if (more.isEmpty()) {
      return List.copyOf(names);
    }
    List<String> all = new ArrayList<>(names);
    all.add("and " + more.size() + (more.size() == MAX_COUNTED ? " or more" : " more"));
    return List.copyOf(all);
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(Math.min(name.length(), MAX_NAME_LENGTH));
    int at = 0;
    while (at < name.length()) {
      int c = name.codePointAt(at);
      boolean safe = c > ' ' && c < 0x7F && c != ',' && c != '%';
      String next = safe ? Character.toString(c) : encoded(Character.toString(c));
      if (plain.length() + next.length() > MAX_NAME_LENGTH) {
        break;
      }
      plain.append(next);
      at += Character.charCount(c);
    }
    return plain.toString();
  }

  private static String encoded(String character) {
    StringBuilder encoded = new StringBuilder();
    for (byte one : character.getBytes(StandardCharsets.UTF_8)) {
      encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
    }
    return encoded.toString();
  }
}
