package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.schema.SchemaProfile;
import dev.serai.adapters.dialects.schema.SchemaProfile.Rule;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.Tool;
import java.util.Set;

/**
 * The schema of a tool's parameters for an Amazon Nova model. Its root has no other members than
 * {@code type}, {@code properties} and {@code required} ("Tool use (function calling) with Amazon
 * Nova", docs.aws.amazon.com), so that definitions are put in place of their references.
 */
final class NovaParameters {
  private static final Set<String> ROOT = Set.of("type", "properties", "required");
  private static final SchemaProfile PROFILE = SchemaProfile.of(Rule.NORMAL_FORM, Rule.OBJECT_ROOT);

  private NovaParameters() {}

  static String of(Tool tool, DroppedFields dropped) {
    FittedSchema fitted = SchemaFitter.parameters(tool.parametersJson(), PROFILE);
    ObjectNode root = fitted.tree();
    boolean closed = root.has("additionalProperties");
    root.retain(ROOT);
    if (fitted.isWeakened() || closed) {
      dropped.add("tools.parameters");
    }
    if (tool.strict()) {
      dropped.add("tools.strict");
    }
    return fitted.json();
  }
}
