package dev.serai.core.chat;

/**
 * Why a choice ended.
 *
 * @param kind the meaning Serai knows
 * @param raw the provider's own word for it, kept so that an unknown reason is never reported as a
 *     stop
 */
public record FinishReason(Kind kind, String raw) {
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
