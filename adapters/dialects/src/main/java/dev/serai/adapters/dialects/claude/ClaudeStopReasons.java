package dev.serai.adapters.dialects.claude;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** Maps Claude's stop reasons, which Anthropic and Bedrock name alike, to core's finish reasons. */
public final class ClaudeStopReasons {
  private ClaudeStopReasons() {}

  /** The finish reason of a provider's value; an unknown value is kept as it is. */
  public static FinishReason read(String raw) {
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
  public static FinishReason unspecified(boolean calls) {
    return read(calls ? "tool_use" : "end_turn");
  }
}
