package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/**
 * Structured output for models without native support. The model must call a tool whose parameters
 * are the schema, and the call's arguments become the response's text. Clients never see the tool.
 */
final class OutputTool {
  /** The tool's name. */
  static final String TOOL = "serai_answer";

  /** The description that the model reads. */
  static final String DESCRIPTION = "Call this tool to give your answer.";

  /** What the model reads where it cannot be forced to call the tool. */
  static final String INSTRUCTION =
      "Give your final answer by calling the tool " + TOOL + ", and not as text.";

  private static final FinishReason COMPLETED = new FinishReason(Kind.STOP, "end_turn");

  private OutputTool() {}

  /**
   * The finish reason of a response, without the call of this tool.
   *
   * @param calls the number of calls of the client's tools
   */
  static FinishReason finish(FinishReason reason, int calls) {
    return reason.kind() == Kind.TOOL_CALLS && calls == 0 ? COMPLETED : reason;
  }
}
