package dev.serai.adapters.dialects.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import java.util.Map;

/** Maps {@code finish_reason} to core's finish reasons and back. */
final class FinishReasons {
  private static final Map<String, FinishReason> KNOWN =
      Map.of(
          "stop", new FinishReason(Kind.STOP, "stop"),
          "length", new FinishReason(Kind.LENGTH, "length"),
          "tool_calls", new FinishReason(Kind.TOOL_CALLS, "tool_calls"),
          "function_call", new FinishReason(Kind.TOOL_CALLS, "function_call"),
          "content_filter", new FinishReason(Kind.CONTENT_FILTER, "content_filter"),
          "eos", new FinishReason(Kind.STOP, "eos"),
          "model_length", new FinishReason(Kind.CONTEXT_FULL, "model_length"));

  private FinishReasons() {}

  /** The reason for a provider's value; an unknown value stays as it is. */
  static FinishReason read(String raw) {
    FinishReason known = KNOWN.get(raw);
    return known != null ? known : new FinishReason(Kind.OTHER, raw);
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
   * The value for a reason. A reason that OpenAI has no value for keeps the provider's own: clients
   * know that the list is open, and a wrong known value would mislead them.
   */
  static String write(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER, REFUSAL -> "content_filter";
      case CONTEXT_FULL, PAUSED, OTHER -> reason.raw();
    };
  }
}
