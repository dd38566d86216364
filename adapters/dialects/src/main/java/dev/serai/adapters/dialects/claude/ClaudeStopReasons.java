package dev.serai.adapters.dialects.claude;

import dev.serai.core.chat.FinishReason;

/**
 * Maps Claude's stop reasons, which Anthropic and Bedrock name alike, to core's finish reasons.
 * Stateless.
 */
public final class ClaudeStopReasons {
  private ClaudeStopReasons() {}

  /** The finish reason of a provider's value; see {@link FinishReason#of}. */
  public static FinishReason read(String raw) {
    return FinishReason.of(raw);
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
