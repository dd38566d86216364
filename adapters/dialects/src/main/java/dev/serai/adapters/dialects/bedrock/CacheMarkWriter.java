package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.CacheMarkPlan;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/**
 * Writes marks for the prompt cache, as blocks of their own after the marked ones; none for a model
 * that does not cache. For one request.
 */
final class CacheMarkWriter {
  private final JsonWriter out;
  private final DroppedFields dropped;
  private final ModelTraits traits;
  private final CacheMarkPlan plan;

  CacheMarkWriter(
      JsonWriter out, Conversation conversation, DroppedFields dropped, ModelTraits traits) {
    this.out = out;
    this.dropped = dropped;
    this.traits = traits;
    this.plan =
        CacheMarkPlan.ofConverse(
            conversation, traits.cachesTools(), traits.cachesAnHour(), dropped);
  }

  void afterTool(Optional<CacheMark> mark) {
    if (traits.cachesTools()) {
      plan.ofTool(mark).ifPresent(this::point);
    } else if (mark.isPresent()) {
      dropped.add("cache_control");
    }
  }

  /** Writes a mark of the system prompt or of a message. */
  void after(Optional<CacheMark> mark) {
    if (traits.caches()) {
      plan.inPrompt(mark).ifPresent(this::point);
    } else if (mark.isPresent()) {
      dropped.add("cache_control");
    }
  }

  /** Five minutes are the default, which older models do not accept explicitly. */
  private void point(CacheMark mark) {
    out.beginObject().name("cachePoint").beginObject().member("type", "default");
    mark.ttl().filter("1h"::equals).ifPresent(ttl -> out.member("ttl", ttl));
    out.endObject().endObject();
  }
}
