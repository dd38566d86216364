package dev.serai.adapters.dialects.anthropic;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import java.util.List;
import java.util.Optional;

/** Puts the messages of a stored prompt into a request for a message. Pure. */
final class PromptPlaces {
  private static final String SYSTEM = "system";

  private PromptPlaces() {}

  static byte[] put(PromptBody request, ExpandedPrompt prompt) {
    Optional<String> system = PromptBody.text(prompt, Role.SYSTEM);
    if (system.isPresent()) {
      request
          .get(SYSTEM)
          .filter(own -> own[0] == '"')
          .ifPresent(own -> request.put(SYSTEM, inArray(own)));
      request.prepend(SYSTEM, List.of(block(JsonWriter.quoted(system.get()))));
    }
    List<byte[]> others = PromptBody.withoutSystem(prompt, PromptBody::message);
    return (others.isEmpty() ? request : request.prepend("messages", others)).bytes();
  }

  /** The API refuses blocks with a blank text. */
  private static byte[] inArray(byte[] text) {
    JsonWriter json = new JsonWriter().beginArray();
    if (!StrictJson.tree(text).asText("").isBlank()) {
      json.json(block(text));
    }
    return json.endArray().bytes();
  }

  private static byte[] block(byte[] text) {
    return new JsonWriter()
        .beginObject()
        .member("type", "text")
        .name("text")
        .json(text)
        .endObject()
        .bytes();
  }
}
