package dev.serai.adapters.dialects.anthropic;

import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.FinishReason.Kind;

/**
 * An answer by a schema from a model that knows no schemas: it is made to call a tool whose
 * parameters are the schema, and what it calls it with is the answer. No caller learns of the tool.
 */
final class StructuredOutput {
  /** The tool's name. */
  static final String TOOL = "serai_answer";

  /** What the model reads of it. */
  static final String DESCRIPTION = "Call this tool to give your answer.";

  private static final FinishReason ANSWERED = new FinishReason(Kind.STOP, "end_turn");

  private StructuredOutput() {}

  /**
   * Why an answer ended that was given by the tool: its call is none that the caller is to make.
   *
   * @param calls of the caller's own tools
   */
  static FinishReason finish(FinishReason said, int calls) {
    return said.kind() == Kind.TOOL_CALLS && calls == 0 ? ANSWERED : said;
  }
}
