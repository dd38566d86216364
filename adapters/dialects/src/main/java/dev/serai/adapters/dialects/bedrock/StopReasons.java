package dev.serai.adapters.dialects.bedrock;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** Maps values of {@code stopReason} to core's finish reasons. */
final class StopReasons {
  private StopReasons() {}

  /** The finish reason of a provider's value; an unknown value is kept as it is. */
  static FinishReason read(String raw) {
    Kind kind =
        switch (raw) {
          case "end_turn", "stop_sequence" -> Kind.STOP;
          case "max_tokens" -> Kind.LENGTH;
          case "tool_use" -> Kind.TOOL_CALLS;
          case "guardrail_intervened", "content_filtered" -> Kind.CONTENT_FILTER;
          case "model_context_window_exceeded" -> Kind.CONTEXT_FULL;
          case "refusal" -> Kind.REFUSAL;
          case "pause_turn" -> Kind.PAUSED;
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

  /** The finish reason of a response whose only call was of the structured output's tool. */
  static FinishReason withoutOutputTool(FinishReason reason) {
    return reason.kind() == Kind.TOOL_CALLS ? new FinishReason(Kind.STOP, reason.raw()) : reason;
  }
}
