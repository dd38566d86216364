package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** The words of {@code stop_reason}. */
final class StopReasons {
  /** What a refusal says when the provider gives no explanation. */
  static final String REFUSED = "The model refused to answer.";

  private StopReasons() {}

  /** What a provider's word means; one that nobody knows stays what it is. */
  static FinishReason read(String raw) {
    Kind kind =
        switch (raw) {
          case "end_turn", "stop_sequence" -> Kind.STOP;
          case "max_tokens" -> Kind.LENGTH;
          case "tool_use" -> Kind.TOOL_CALLS;
          case "refusal" -> Kind.REFUSAL;
          case "pause_turn" -> Kind.PAUSED;
          case "model_context_window_exceeded" -> Kind.CONTEXT_FULL;
          default -> Kind.OTHER;
        };
    return new FinishReason(kind, raw);
  }

  /**
   * The word for a reason. One that this dialect has no word for goes out in the provider's own.
   *
   * @param calls whether tools are called: some providers call and say that they merely stopped
   */
  static String write(FinishReason reason, boolean calls) {
    return switch (reason.kind()) {
      case STOP ->
          calls ? "tool_use" : reason.raw().equals("stop_sequence") ? reason.raw() : "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER, REFUSAL -> "refusal";
      case CONTEXT_FULL -> "model_context_window_exceeded";
      case PAUSED -> "pause_turn";
      case OTHER -> reason.raw();
    };
  }
}
