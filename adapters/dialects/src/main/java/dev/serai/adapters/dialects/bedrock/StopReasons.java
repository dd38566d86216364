package dev.serai.adapters.dialects.bedrock;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** The words of {@code stopReason}. */
final class StopReasons {
  private StopReasons() {}

  /** What a provider's word means; one that nobody knows stays what it is. */
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

  /** The reason of an answer whose only call was the form it was asked for. */
  static FinishReason ofForm(FinishReason said) {
    return said.kind() == Kind.TOOL_CALLS ? new FinishReason(Kind.STOP, said.raw()) : said;
  }
}
