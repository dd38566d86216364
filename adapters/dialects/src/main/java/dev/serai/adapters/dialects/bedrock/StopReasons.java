package dev.serai.adapters.dialects.bedrock;

import dev.serai.adapters.dialects.claude.ClaudeStopReasons;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** Maps values of {@code stopReason} to core's finish reasons. */
final class StopReasons {
  private StopReasons() {}

  /** The finish reason of a provider's value; an unknown value is kept as it is. */
  static FinishReason read(String raw) {
    return switch (raw) {
      case "guardrail_intervened", "content_filtered" -> new FinishReason(Kind.CONTENT_FILTER, raw);
      default -> ClaudeStopReasons.read(raw);
    };
  }

  /** The finish reason of a response whose only call was of the structured output's tool. */
  static FinishReason withoutOutputTool(FinishReason reason) {
    return reason.kind() == Kind.TOOL_CALLS ? new FinishReason(Kind.STOP, reason.raw()) : reason;
  }
}
