package dev.serai.core.chat;

import java.util.Optional;

/**
 * Why a choice ended.
 *
 * @param kind the meaning Serai knows
 * @param raw the provider's own word for it, kept so that an unknown reason is never reported as a
 *     stop
 * @param stopSequence the client's stop sequence that the model wrote, if the provider says so
 */
public record FinishReason(Kind kind, String raw, Optional<String> stopSequence) {
  /** A reason other than a known stop sequence. */
  public FinishReason(Kind kind, String raw) {
    this(kind, raw, Optional.empty());
  }

  /** The same reason with the stop sequence that led to it. */
  public FinishReason withStopSequence(Optional<String> sequence) {
    return sequence.isEmpty() || kind != Kind.STOP ? this : new FinishReason(kind, raw, sequence);
  }

  /** The meanings that surfaces can express. */
  public enum Kind {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER,
    REFUSAL,
    CONTEXT_FULL,
    PAUSED,
    OTHER
  }
}
