package dev.serai.adapters.dialects.responses;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import java.util.Optional;

/**
 * How a response ended, in this dialect's words.
 *
 * @param status "completed", "incomplete", "failed", "in_progress"
 * @param why it is incomplete
 */
record Outcome(String status, Optional<String> why) {
  static final Outcome IN_PROGRESS = new Outcome("in_progress", Optional.empty());
  static final Outcome FAILED = new Outcome("failed", Optional.empty());

  private static final String COMPLETED = "completed";
  private static final String INCOMPLETE = "incomplete";
  private static final String MAX_TOKENS = "max_output_tokens";
  private static final String FILTERED = "content_filter";

  /**
   * The words for a reason. One that this dialect has no word for is incomplete in the provider's
   * own: it is not known to be whole.
   */
  static Outcome of(FinishReason reason) {
    return switch (reason.kind()) {
      case STOP, TOOL_CALLS, REFUSAL -> new Outcome(COMPLETED, Optional.empty());
      case LENGTH -> new Outcome(INCOMPLETE, Optional.of(MAX_TOKENS));
      case CONTENT_FILTER -> new Outcome(INCOMPLETE, Optional.of(FILTERED));
      case CONTEXT_FULL, PAUSED, OTHER -> new Outcome(INCOMPLETE, Optional.of(reason.raw()));
    };
  }

  /** The status of the items of such a response that were cut. */
  String itemStatus() {
    return status.equals(INCOMPLETE) ? INCOMPLETE : COMPLETED;
  }

  /**
   * What a provider's words mean.
   *
   * @param calls whether the answer calls tools
   * @param refused whether it has a refusal
   */
  static FinishReason read(String status, String why, boolean calls, boolean refused) {
    if (status.equals(COMPLETED)) {
      Kind kind = calls ? Kind.TOOL_CALLS : refused ? Kind.REFUSAL : Kind.STOP;
      return new FinishReason(kind, COMPLETED);
    }
    return switch (why) {
      case MAX_TOKENS -> new FinishReason(Kind.LENGTH, why);
      case FILTERED -> new FinishReason(Kind.CONTENT_FILTER, why);
      default -> new FinishReason(Kind.OTHER, why.isEmpty() ? status : why);
    };
  }
}
