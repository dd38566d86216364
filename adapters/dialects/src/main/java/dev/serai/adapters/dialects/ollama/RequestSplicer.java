package dev.serai.adapters.dialects.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.translation.OpaqueStateCodec;
import dev.serai.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** Forwards the bytes of an Ollama request with the name of the provider's model. */
final class RequestSplicer {
  private RequestSplicer() {}

  /** The bytes for a provider: its model's name, and its own ids of calls. */
  static byte[] splice(OllamaRequest request, String model) {
    if (!request.members().found()) {
      return withModel(request.members(), model);
    }
    UnaryOperator<String> fit = OllamaDialect.LIMITS.callIds()::fit;
    JsonNode root = StrictJson.tree(request.bytes());
    for (JsonNode message : root.path("messages")) {
      if (message instanceof ObjectNode object) {
        OpaqueStateCodec.plainId(object, "tool_call_id", fit);
      }
      for (JsonNode call : message.path("tool_calls")) {
        if (call instanceof ObjectNode object) {
          OpaqueStateCodec.plainId(object, "id", fit);
        }
      }
    }
    byte[] plain = root.toString().getBytes(StandardCharsets.UTF_8);
    return withModel(OllamaRequest.members(plain), model);
  }

  /** The caller's bytes with that model's name: the same array if it has that name already. */
  static byte[] withModel(JsonMembers members, String model) {
    int place = members.find("model");
    if (members.text(place).equals(model)) {
      return members.bytes();
    }
    return new JsonSplice(members.bytes())
        .replace(members.valueStart(place), members.valueEnd(place), JsonWriter.quoted(model))
        .apply();
  }
}
