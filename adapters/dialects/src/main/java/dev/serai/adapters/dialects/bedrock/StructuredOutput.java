package dev.serai.adapters.dialects.bedrock;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The form of an answer as a tool that the model must call, for models that know no forms: its
 * arguments are the answer, and readers turn the call back into text. Beside tools of the caller's
 * own it is one of those the model may choose from.
 */
final class StructuredOutput {
  /** No caller's tool is called so. */
  static final String TOOL = "serai_structured_answer";

  static final String INSTRUCTION =
      "Give your final answer by calling the tool " + TOOL + ", and not as text.";

  private static final String DESCRIPTION = "Takes the final answer in the form that is asked for.";

  private StructuredOutput() {}

  /**
   * The same conversation, with the form as a tool.
   *
   * @param forced whether the model can be told to call a tool
   */
  static Conversation asTool(Conversation asked, ResponseFormat.JsonSchema form, boolean forced) {
    boolean callerMayCall =
        !asked.tools().isEmpty() && !(asked.toolChoice() instanceof ToolChoice.None);
    List<Tool> tools = new ArrayList<>(callerMayCall ? asked.tools() : List.of());
    tools.add(new Tool(TOOL, Optional.of(DESCRIPTION), form.schemaJson(), false));
    return new Conversation(
        asked.messages(),
        List.copyOf(tools),
        choice(asked.toolChoice(), callerMayCall, forced),
        new ResponseFormat.Unset(),
        asked.sampling(),
        asked.unknown());
  }

  private static ToolChoice choice(ToolChoice asked, boolean callerMayCall, boolean forced) {
    if (callerMayCall && asked instanceof ToolChoice.Named) {
      return asked;
    }
    if (!forced) {
      return new ToolChoice.Unset(Optional.empty());
    }
    return callerMayCall
        ? new ToolChoice.Required(Optional.empty())
        : new ToolChoice.Named(TOOL, Optional.empty());
  }
}
