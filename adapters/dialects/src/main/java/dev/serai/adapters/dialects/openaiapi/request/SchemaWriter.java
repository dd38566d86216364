package dev.serai.adapters.dialects.openaiapi.request;

import dev.serai.adapters.dialects.schema.FittedSchema;
import dev.serai.adapters.dialects.schema.SchemaFitter;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.core.chat.Conversation.ResponseFormat;
import dev.serai.core.chat.Conversation.Tool;
import dev.serai.core.json.JsonWriter;

/**
 * Writes schemas and {@code strict} into a function or a response format of OpenAI's two APIs. A
 * schema that strict mode cannot express, such as one with optional properties, is sent without
 * strict mode. Stateless.
 */
public final class SchemaWriter {
  private SchemaWriter() {}

  /**
   * Writes {@code parameters}.
   *
   * @return whether the function can be strict
   */
  public static boolean writeParameters(JsonWriter out, Tool tool, DroppedFields dropped) {
    boolean strict = tool.strict();
    FittedSchema fitted = SchemaFitter.parameters(tool.parametersJson(), SchemaProfiles.LOOSE);
    if (strict) {
      FittedSchema strictly = SchemaFitter.parameters(tool.parametersJson(), SchemaProfiles.STRICT);
      strict = strictly.keepsShape();
      fitted = strict ? strictly : fitted;
      if (!strict || strictly.isWeakened()) {
        dropped.add("tools.strict");
      }
    }
    if (!strict && fitted.isWeakened()) {
      dropped.add("tools.parameters");
    }
    out.name("parameters").json(fitted.json());
    return strict;
  }

  /** Whether OpenAI accepts the schema of a response: its root must be an object. */
  public static boolean isAccepted(ResponseFormat.JsonSchema format) {
    return SchemaFitter.output(format.schemaJson(), SchemaProfiles.LOOSE).keepsShape();
  }

  /** Writes {@code name}, {@code schema} and {@code strict}. */
  public static void writeOutput(
      JsonWriter out, ResponseFormat.JsonSchema format, DroppedFields dropped) {
    FittedSchema fitted = SchemaFitter.output(format.schemaJson(), SchemaProfiles.LOOSE);
    boolean strict = format.strict();
    if (strict) {
      FittedSchema strictly = SchemaFitter.output(format.schemaJson(), SchemaProfiles.STRICT);
      strict = strictly.keepsShape();
      fitted = strict ? strictly : fitted;
      if (!strict) {
        dropped.add("response_format.json_schema.strict");
      }
    }
    if (fitted.isWeakened()) {
      dropped.add("response_format.json_schema");
    }
    out.member("name", format.name()).name("schema").json(fitted.json());
    out.member("strict", strict);
  }
}
