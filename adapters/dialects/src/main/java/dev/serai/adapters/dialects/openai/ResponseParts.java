package dev.serai.adapters.dialects.openai;

import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import java.util.concurrent.ThreadLocalRandom;

/** Writes the JSON that a {@code chat.completion} and its chunks have in common. */
final class ResponseParts {
  private ResponseParts() {}

  /** The provider's id, or a generated one if it gave none. */
  static String id(String given) {
    return given.isEmpty()
        ? "chatcmpl-" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)
        : given;
  }

  static void usage(JsonWriter out, Usage usage) {
    out.name("usage").beginObject();
    out.member("prompt_tokens", usage.input());
    out.member("completion_tokens", usage.output());
    out.member("total_tokens", usage.total());
    out.name("prompt_tokens_details").beginObject();
    out.member("cached_tokens", usage.cached());
    if (usage.cacheWritten() > 0) {
      out.member("cache_write_tokens", usage.cacheWritten());
    }
    out.endObject();
    out.name("completion_tokens_details").beginObject();
    out.member("reasoning_tokens", usage.reasoning());
    out.endObject().endObject();
  }
}
