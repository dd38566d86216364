package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.json.JsonWriter;

/** Maps {@code finish_reason} to core's finish reasons and back. */
final class FinishReasons {
  private FinishReasons() {}

  /** The reason for a provider's value; an unknown value stays as it is. */
  static FinishReason read(String raw) {
    return FinishReason.of(raw);
  }

  /**
   * The reason of a choice. Some servers name the stop sequence: vLLM ("OpenAI-compatible server")
   * in {@code stop_reason}, SGLang ("OpenAI APIs") in {@code matched_stop}; a number is a token's.
   */
  static FinishReason read(JsonNode choice, String raw) {
    JsonNode matched = choice.path("stop_reason");
    return read(raw)
        .withStopSequence(
            ResponseReader.text(matched.isTextual() ? matched : choice.path("matched_stop")));
  }

  /**
   * The reason of a choice that a stream ended in order without giving one.
   *
   * @param calls whether it calls tools
   */
  static FinishReason unspecified(boolean calls) {
    return read(calls ? "tool_calls" : "stop");
  }

  /**
   * The value for a reason. {@code length} is the value of this list for a response that may be
   * incomplete: one that filled the context window, was paused or ended for an unknown reason.
   */
  static String write(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP -> "stop";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER, REFUSAL -> "content_filter";
      case LENGTH, CONTEXT_FULL, PAUSED, OTHER -> "length";
    };
  }

  /**
   * Writes the member {@code finish_reason}, and the provider's own word as OpenRouter's {@code
   * native_finish_reason} if OpenAI's list has no word for its meaning.
   */
  static void write(JsonWriter out, FinishReason reason) {
    write(out, reason, false);
  }

  /**
   * Writes the same.
   *
   * @param functions whether calls are written as the older {@code function_call}
   */
  static void write(JsonWriter out, FinishReason reason, boolean functions) {
    boolean called = functions && reason.kind() == FinishReason.Kind.TOOL_CALLS;
    out.member("finish_reason", called ? "function_call" : write(reason));
    switch (reason.kind()) {
      case CONTEXT_FULL, PAUSED, OTHER -> out.member("native_finish_reason", reason.raw());
      case STOP, LENGTH, TOOL_CALLS, CONTENT_FILTER, REFUSAL -> {
        // says all
      }
    }
  }
}
