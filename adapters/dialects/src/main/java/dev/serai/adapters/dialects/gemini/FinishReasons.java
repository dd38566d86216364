package dev.serai.adapters.dialects.gemini;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/** The words of {@code finishReason} and {@code blockReason}. */
final class FinishReasons {
  private static final String STOP = "STOP";
  private static final String LENGTH = "MAX_TOKENS";
  private static final String SAFETY = "SAFETY";
  private static final String OTHER = "OTHER";

  private FinishReasons() {}

  /**
   * What a provider's word means; one that nobody knows stays what it is.
   *
   * @param called whether the candidate calls tools: GeminiDialect stops then as for any other end
   */
  static FinishReason read(String raw, boolean called) {
    Kind kind =
        switch (raw) {
          case STOP -> called ? Kind.TOOL_CALLS : Kind.STOP;
          case LENGTH -> Kind.LENGTH;
          case SAFETY,
              "RECITATION",
              "BLOCKLIST",
              "PROHIBITED_CONTENT",
              "SPII",
              "MODEL_ARMOR",
              "IMAGE_SAFETY",
              "IMAGE_PROHIBITED_CONTENT",
              "IMAGE_RECITATION" ->
              Kind.CONTENT_FILTER;
          default -> Kind.OTHER;
        };
    return new FinishReason(kind, raw);
  }

  /** Of an answer that is none, since the prompt was blocked. */
  static FinishReason blocked(String raw) {
    return new FinishReason(Kind.CONTENT_FILTER, raw);
  }

  /** A refusal is no ordinary stop, whatever the provider calls it: some tell it and then stop. */
  static FinishReason told(FinishReason reason, boolean refused) {
    return refused && reason.kind() == Kind.STOP
        ? new FinishReason(Kind.REFUSAL, reason.raw())
        : reason;
  }

  /** The word for a reason; {@code OTHER} where there is none, beside {@link #message}. */
  static String write(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP, TOOL_CALLS -> STOP;
      case LENGTH -> LENGTH;
      case CONTENT_FILTER, REFUSAL -> SAFETY;
      case CONTEXT_FULL, PAUSED, OTHER -> OTHER;
    };
  }

  /** What {@code finishMessage} says: the provider's own word where {@link #write} has none. */
  static String message(FinishReason reason) {
    return write(reason).equals(OTHER) ? "The provider's reason: " + reason.raw() : "";
  }
}
