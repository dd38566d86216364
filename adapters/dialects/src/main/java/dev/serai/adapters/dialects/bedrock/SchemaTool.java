package dev.serai.adapters.dialects.bedrock;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.chat.Conversation.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Structured output for models without native support. The schema becomes a tool that the model
 * must call, and the readers turn the call's arguments into the response's text. If the client has
 * tools of its own, the model may choose among all of them.
 */
final class SchemaTool {
  /** The name of the tool; no client's tool has it. */
  static final String TOOL = "serai_structured_answer";

  static final String INSTRUCTION =
      "Give your final answer by calling the tool " + TOOL + ", and not as text.";

  private static final String DESCRIPTION = "Takes the final answer in the form that is asked for.";

  private SchemaTool() {}

  /**
   * Adds the schema to a conversation as a tool.
   *
   * @param forced whether a request can require the model to call a tool
   */
  static Conversation asTool(Conversation asked, ResponseFormat.JsonSchema form, boolean forced) {
    boolean clientMayCall =
        !asked.tools().isEmpty() && !(asked.toolChoice() instanceof ToolChoice.None);
    List<Tool> tools = new ArrayList<>(clientMayCall ? asked.tools() : List.of());
    tools.add(new Tool(TOOL, Optional.of(DESCRIPTION), form.schemaJson(), false));
    return new Conversation(
        asked.messages(),
        List.copyOf(tools),
        choice(asked.toolChoice(), clientMayCall, forced),
        new ResponseFormat.Unset(),
        asked.sampling(),
        asked.unknown());
  }

  private static ToolChoice choice(ToolChoice asked, boolean clientMayCall, boolean forced) {
    if (clientMayCall && asked instanceof ToolChoice.Named) {
      return asked;
    }
    if (!forced) {
      return new ToolChoice.Unset(Optional.empty());
    }
    return clientMayCall
        ? new ToolChoice.Required(Optional.empty())
        : new ToolChoice.Named(TOOL, Optional.empty());
  }
}
