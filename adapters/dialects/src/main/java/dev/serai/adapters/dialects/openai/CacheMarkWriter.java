package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolResult;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the marks up to which the prompt is cached, for providers that understand them
 * (openrouter.ai/docs/guides/best-practices/prompt-caching, Alibaba Cloud Model Studio "Context
 * Cache"), and reports the others as dropped. For one request.
 */
final class CacheMarkWriter {
  private static final String NAME = "cache_control";
  private static final Set<String> TTLS = Set.of("5m", "1h");

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final boolean understood;
  private int written;

  CacheMarkWriter(JsonWriter out, Destination destination, DroppedFields dropped) {
    this.out = out;
    this.dropped = dropped;
    this.understood = Quirk.CACHE_CONTROL.of(destination);
  }

  /** Whether the provider understands marks. */
  boolean understood() {
    return understood;
  }

  /** Whether a part has a mark that is written, which a text in a string cannot have. */
  boolean isWritten(Part part) {
    return understood && part.cache().isPresent();
  }

  /** Writes a mark as a member of the open object. */
  void write(Optional<CacheMark> mark) {
    if (!understood || mark.isEmpty()) {
      return;
    }
    written++;
    out.name(NAME).beginObject().member("type", "ephemeral");
    mark.get()
        .ttl()
        .ifPresent(
            ttl -> {
              if (TTLS.contains(ttl)) {
                out.member("ttl", ttl);
              } else {
                dropped.add(NAME + ".ttl");
              }
            });
    out.endObject();
  }

  /** Reports the marks of a request that were not written. */
  void report(Conversation conversation) {
    if (written < total(conversation)) {
      dropped.add(NAME);
    }
  }

  private static int total(Conversation conversation) {
    int total = 0;
    for (Tool tool : conversation.tools()) {
      total += tool.cache().isPresent() ? 1 : 0;
    }
    for (Message message : conversation.messages()) {
      total += message.toolResult().flatMap(ToolResult::cache).isPresent() ? 1 : 0;
      for (Part part : message.parts()) {
        total += part.cache().isPresent() ? 1 : 0;
      }
    }
    return total;
  }
}
