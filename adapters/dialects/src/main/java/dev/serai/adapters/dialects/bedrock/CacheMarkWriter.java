package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.CacheMark;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;

/**
 * Writes marks for the prompt cache, as blocks of their own after the marked ones: at most four in
 * a request, and none for a model that does not cache. For one request.
 */
final class CacheMarkWriter {
  private static final int MAX_MARKS = 4;

  private final JsonWriter out;
  private final DroppedFields dropped;
  private final boolean anHour;
  private int left;

  CacheMarkWriter(JsonWriter out, DroppedFields dropped, ModelTraits traits) {
    this.out = out;
    this.dropped = dropped;
    this.left = traits.caches() ? MAX_MARKS : 0;
    this.anHour = traits.cachesAnHour();
  }

  void after(Optional<CacheMark> mark) {
    if (mark.isEmpty()) {
      return;
    }
    if (left == 0) {
      dropped.add("cache_control");
      return;
    }
    left--;
    out.beginObject().name("cachePoint").beginObject().member("type", "default");
    mark.get().ttl().ifPresent(this::ttl);
    out.endObject().endObject();
  }

  /** Five minutes are the default, which older models do not accept explicitly. */
  private void ttl(String wish) {
    if (wish.equals("1h") && anHour) {
      out.member("ttl", wish);
    } else if (!wish.equals("5m")) {
      dropped.add("cache_control.ttl");
    }
  }
}
