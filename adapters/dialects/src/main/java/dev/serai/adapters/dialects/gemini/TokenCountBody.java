package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.core.dialect.Destination;
import dev.serai.core.json.JsonWriter;
import java.util.Set;

/**
 * Writes the body of {@code countTokens} from a request for content. Gemini's own API takes
 * contents alone, or the whole request with its model in {@code generateContentRequest}
 * (ai.google.dev/api/tokens); Vertex AI takes contents, instructions, tools and the generation
 * config (publishers.models.countTokens).
 */
final class TokenCountBody {
  private static final String CONTENTS = "contents";
  private static final Set<String> OF_VERTEX =
      Set.of(
          CONTENTS,
          "systemInstruction",
          "system_instruction",
          "tools",
          "generationConfig",
          "generation_config");

  private TokenCountBody() {}

  static byte[] write(byte[] request, Destination destination) {
    JsonMembers members = JsonMembers.of(request);
    JsonWriter out = new JsonWriter(request.length + 64).beginObject();
    if (Quirk.NO_CALL_IDS.of(destination)) {
      copy(members, OF_VERTEX, out);
    } else if (hasContentsAlone(members)) {
      copy(members, Set.of(CONTENTS), out);
    } else {
      String model = destination.model();
      out.name("generateContentRequest").beginObject();
      out.member("model", model.indexOf('/') < 0 ? "models/" + model : model);
      for (int i = 0; i < members.size(); i++) {
        if (!members.name(i).equals("model")) {
          out.name(members.name(i)).json(members.json(i));
        }
      }
      out.endObject();
    }
    return out.endObject().bytes();
  }

  private static boolean hasContentsAlone(JsonMembers members) {
    for (int i = 0; i < members.size(); i++) {
      String name = members.name(i);
      if (!name.equals(CONTENTS) && !name.equals("model")) {
        return false;
      }
    }
    return true;
  }

  private static void copy(JsonMembers members, Set<String> names, JsonWriter out) {
    for (int i = 0; i < members.size(); i++) {
      if (names.contains(members.name(i))) {
        out.name(members.name(i)).json(members.json(i));
      }
    }
  }
}
