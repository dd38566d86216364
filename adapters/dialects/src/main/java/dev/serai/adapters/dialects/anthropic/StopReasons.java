package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.FinishReason;

/** Maps core's finish reasons to values of {@code stop_reason}. */
final class StopReasons {
  private static final String STOP_SEQUENCE = "stop_sequence";

  private StopReasons() {}

  /**
   * The value for a finish reason. {@code max_tokens} also means an unknown reason, since the
   * message may be incomplete.
   *
   * @param calls whether the message calls tools: some providers do and report a plain stop
   */
  static String write(FinishReason reason, boolean calls) {
    return switch (reason.kind()) {
      case STOP -> calls ? "tool_use" : isStopSequence(reason) ? STOP_SEQUENCE : "end_turn";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER, REFUSAL -> "refusal";
      case CONTEXT_FULL -> "model_context_window_exceeded";
      case PAUSED -> "pause_turn";
      case LENGTH, OTHER -> "max_tokens";
    };
  }

  private static boolean isStopSequence(FinishReason reason) {
    return reason.stopSequence().isPresent() || reason.raw().equals(STOP_SEQUENCE);
  }
}
