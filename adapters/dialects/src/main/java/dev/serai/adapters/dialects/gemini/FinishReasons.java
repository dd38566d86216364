package dev.serai.adapters.dialects.gemini;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** Maps {@code finishReason} and {@code blockReason}. */
final class FinishReasons {
  /** The regular end. */
  static final String STOP = "STOP";

  private static final String LENGTH = "MAX_TOKENS";
  private static final String SAFETY = "SAFETY";
  private static final String OTHER = "OTHER";

  private FinishReasons() {}

  /**
   * The finish reason of a provider; an unknown one keeps its text.
   *
   * @param called whether the candidate calls tools: Gemini reports STOP for calls too
   */
  static FinishReason read(String raw, boolean called) {
    FinishReason reason = FinishReason.of(raw);
    return called && reason.kind() == Kind.STOP ? new FinishReason(Kind.TOOL_CALLS, raw) : reason;
  }

  /** The finish reason of a response whose prompt was blocked. */
  static FinishReason blocked(String raw) {
    return new FinishReason(Kind.CONTENT_FILTER, raw);
  }

  /** The reason after a refusal. Some providers emit a refusal and then report a stop. */
  static FinishReason orRefused(FinishReason reason, boolean refused) {
    return refused && reason.kind() == Kind.STOP
        ? new FinishReason(Kind.REFUSAL, reason.raw())
        : reason;
  }

  /**
   * The wire name of a reason; {@code OTHER} where Gemini has none, together with {@link #message}.
   */
  static String write(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP, TOOL_CALLS -> STOP;
      case LENGTH, CONTEXT_FULL -> LENGTH;
      case CONTENT_FILTER, REFUSAL -> SAFETY;
      case PAUSED, OTHER -> OTHER;
    };
  }

  /**
   * {@code finishMessage}: a refusal beside text of the model, or the provider's own word where
   * {@link #write} has none for its meaning.
   */
  static String message(FinishReason reason, String refusal) {
    return switch (reason.kind()) {
      case CONTEXT_FULL, PAUSED, OTHER -> "The provider's reason: " + reason.raw();
      case STOP, LENGTH, TOOL_CALLS, CONTENT_FILTER, REFUSAL -> refusal;
    };
  }
}
