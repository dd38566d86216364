package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import java.util.Optional;

/**
 * The status of a response.
 *
 * @param status "completed", "incomplete", "failed", "in_progress"
 * @param why the reason why it is incomplete
 */
record ResponseStatus(String status, Optional<String> why) {
  static final ResponseStatus IN_PROGRESS = new ResponseStatus("in_progress", Optional.empty());
  static final ResponseStatus FAILED = new ResponseStatus("failed", Optional.empty());

  private static final String COMPLETED = "completed";
  private static final String INCOMPLETE = "incomplete";
  private static final String MAX_TOKENS = "max_output_tokens";
  private static final String FILTERED = "content_filter";

  /**
   * The status for a finish reason. A reason that this dialect does not have becomes incomplete
   * with {@code max_output_tokens}: the response may not be complete.
   */
  static ResponseStatus of(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP, TOOL_CALLS, REFUSAL -> new ResponseStatus(COMPLETED, Optional.empty());
      case CONTENT_FILTER -> new ResponseStatus(INCOMPLETE, Optional.of(FILTERED));
      case LENGTH, CONTEXT_FULL, PAUSED, OTHER ->
          new ResponseStatus(INCOMPLETE, Optional.of(MAX_TOKENS));
    };
  }

  /** The status of the items that were open when the response finished. */
  String itemStatus() {
    return status.equals(INCOMPLETE) ? INCOMPLETE : COMPLETED;
  }

  /**
   * The finish reason for a provider's status.
   *
   * @param calls whether the response calls tools
   * @param refused whether it holds a refusal
   */
  static FinishReason read(String status, String why, boolean calls, boolean refused) {
    if (status.equals(COMPLETED)) {
      Kind kind = calls ? Kind.TOOL_CALLS : refused ? Kind.REFUSAL : Kind.STOP;
      return new FinishReason(kind, COMPLETED);
    }
    FinishReason reason = FinishReason.of(why.isEmpty() ? status : why);
    boolean stopped = reason.kind() == Kind.STOP || reason.kind() == Kind.TOOL_CALLS;
    return stopped ? new FinishReason(Kind.OTHER, reason.raw()) : reason;
  }
}
