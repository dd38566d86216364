package dev.serai.adapters.dialects.tool;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;

/** Writes the JSON Schema of the parameters of a tool, for providers that require an object. */
public final class ToolSchema {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

  private ToolSchema() {}

  /**
   * Writes the schema unchanged, with {@code "type":"object"} where it has no type. A tool without
   * parameters gets an object without properties.
   *
   * @throws CallerProblem 400 if the schema is not an object
   */
  public static void write(JsonWriter out, String parametersJson) {
    byte[] json = parametersJson.getBytes(StandardCharsets.UTF_8);
    if (parametersJson.isBlank() || parametersJson.equals("null")) {
      out.json(NO_PARAMETERS);
      return;
    }
    JsonMembers members = members(json);
    if (members.size() == 0) {
      out.json(NO_PARAMETERS);
    } else if (members.find("type") >= 0) {
      out.json(json);
    } else {
      out.beginObject().member("type", "object");
      for (int i = 0; i < members.size(); i++) {
        out.name(members.name(i)).json(members.json(i));
      }
      out.endObject();
    }
  }

  private static JsonMembers members(byte[] json) {
    try {
      return JsonMembers.of(json);
    } catch (MalformedInput e) {
      throw CallerProblem.invalid("tools", "A tool's parameters are not a JSON Schema object.");
    }
  }
}
