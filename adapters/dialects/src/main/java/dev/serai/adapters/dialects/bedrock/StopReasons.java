package dev.serai.adapters.dialects.bedrock;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;
import dev.serai.core.request.ChatRequest;
import java.util.List;
import java.util.Optional;

/** Maps values of {@code stopReason} to core's finish reasons. */
final class StopReasons {
  private static final String STOP_SEQUENCE = "stop_sequence";

  private StopReasons() {}

  /**
   * The finish reason with the stop sequence that the model wrote.
   *
   * @param named the sequence that the reply names
   * @param request whose only stop sequence it is, if the reply names none
   */
  static FinishReason withStopSequence(
      FinishReason reason, Optional<String> named, ChatRequest request) {
    if (!reason.raw().equals(STOP_SEQUENCE)) {
      return reason;
    }
    List<String> stops = request.conversation().sampling().stop();
    return reason.withStopSequence(
        named.or(() -> stops.size() == 1 ? Optional.of(stops.getFirst()) : Optional.empty()));
  }

  /** The finish reason of a response whose only call was of the structured output's tool. */
  static FinishReason withoutOutputTool(FinishReason reason) {
    return reason.kind() == Kind.TOOL_CALLS ? new FinishReason(Kind.STOP, reason.raw()) : reason;
  }
}
