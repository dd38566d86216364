package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.chat.Usage;
import dev.serai.core.json.JsonWriter;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Writes the JSON that non-streaming and streamed messages have in common. */
final class ResponseParts {
  private ResponseParts() {}

  /** The provider's id, or a generated one if it sent none. */
  static String id(String id) {
    return id.isEmpty()
        ? "msg_" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36)
        : id;
  }

  /** Writes the members of a message before its content. */
  static void head(JsonWriter out, String id, String model) {
    out.member("id", id).member("type", "message").member("role", "assistant");
    out.member("model", model);
  }

  /**
   * Writes the member {@code usage}. An unknown count is 0, since clients require one. Input
   * excludes tokens read from and written to the cache.
   */
  static void usage(JsonWriter out, Optional<Usage> reported) {
    Usage usage = reported.orElse(Usage.of(0, 0));
    out.name("usage").beginObject();
    out.member("input_tokens", usage.input() - usage.cached() - usage.cacheWritten());
    out.member("cache_creation_input_tokens", usage.cacheWritten());
    out.member("cache_read_input_tokens", usage.cached());
    if (usage.cacheWrittenHour() > 0) {
      out.name("cache_creation").beginObject();
      out.member("ephemeral_5m_input_tokens", usage.cacheWritten() - usage.cacheWrittenHour());
      out.member("ephemeral_1h_input_tokens", usage.cacheWrittenHour()).endObject();
    }
    out.member("output_tokens", usage.output());
    if (usage.reasoning() > 0) {
      out.name("output_tokens_details").beginObject();
      out.member("thinking_tokens", usage.reasoning()).endObject();
    }
    out.endObject();
  }

  /**
   * Writes the members that say why a message ended.
   *
   * @param calls whether it calls tools: clients look at the stop reason to know
   * @param refusal the text of a refusal, if the model refused
   */
  static void stop(JsonWriter out, FinishReason reason, boolean calls, Optional<String> refusal) {
    boolean refused = refusal.isPresent() || isRefusal(reason);
    out.member("stop_reason", refused ? "refusal" : StopReasons.write(reason, calls));
    out.name("stop_sequence");
    reason
        .stopSequence()
        .filter(_ -> !refused && !calls)
        .ifPresentOrElse(out::value, out::nullValue);
    if (refused) {
      out.name("stop_details").beginObject().member("type", "refusal").name("category").nullValue();
      out.name("explanation");
      if (refusal.isPresent()) {
        out.value(refusal.get());
      } else {
        out.nullValue();
      }
      out.endObject();
    }
  }

  private static boolean isRefusal(FinishReason reason) {
    return reason.kind() == Kind.REFUSAL || reason.kind() == Kind.CONTENT_FILTER;
  }
}
