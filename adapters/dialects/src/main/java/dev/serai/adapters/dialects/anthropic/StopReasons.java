package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** Maps values of {@code stop_reason} to core's finish reasons and back. */
final class StopReasons {
  /** The text of a refusal without an explanation. */
  static final String REFUSED = "The model refused to answer.";

  private StopReasons() {}

  /** The finish reason of a provider's value; an unknown value is kept as it is. */
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
   * The finish reason of a message that ended in order without giving one.
   *
   * @param calls whether it calls tools
   */
  static FinishReason unspecified(boolean calls) {
    return read(calls ? "tool_use" : "end_turn");
  }

  /**
   * The value for a finish reason. A reason without a value here is written as the provider sent
   * it.
   *
   * @param calls whether the message calls tools: some providers do and report a plain stop
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
