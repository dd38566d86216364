package dev.serai.adapters.dialects.tool;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of a tool's parameters, for providers that insist on an object's. */
public final class ToolSchema {
  private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

  private ToolSchema() {}

  /**
   * Writes it as the caller wrote it, with {@code "type":"object"} where there was no type. A tool
   * without parameters gets an object without properties.
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
