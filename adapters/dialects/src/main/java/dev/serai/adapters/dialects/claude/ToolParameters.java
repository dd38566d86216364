package dev.serai.adapters.dialects.claude;

import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Tool;
import java.util.Optional;

/**
 * The schema of a tool's parameters for a Claude model.
 *
 * @param strict whether the model must follow it
 */
public record ToolParameters(String json, boolean strict) {
  /**
   * The keys of the outermost properties that Claude models accept: others respond 400, "Property
   * keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'".
   */
  public static final TextLimit KEYS = new TextLimit(1, 64, TextLimit.Characters.DOTTED);

  /**
   * Fits the parameters of a tool. A schema that a strict tool cannot have is sent without.
   *
   * @param totals of the strict schemas so far; empty if the model does not support strict tools
   */
  public static ToolParameters of(Tool tool, Optional<StrictTotals> totals, DroppedFields dropped) {
    if (tool.strict()) {
      FittedSchema strictly =
          SchemaFitter.parameters(tool.parametersJson(), SchemaProfiles.STRUCTURED);
      boolean strict =
          strictly.keepsShape() && totals.filter(sum -> sum.takeTool(strictly.size())).isPresent();
      if (!strict || strictly.isWeakened()) {
        dropped.add("tools.strict");
      }
      if (strict) {
        return new ToolParameters(strictly.json(), true);
      }
    }
    FittedSchema fitted = SchemaFitter.parameters(tool.parametersJson(), SchemaProfiles.TOOLS);
    if (fitted.isWeakened()) {
      dropped.add("tools.parameters");
    }
    return new ToolParameters(fitted.json(), false);
  }
}
