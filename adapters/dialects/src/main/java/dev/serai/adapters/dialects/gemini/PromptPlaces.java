package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import java.util.List;
import java.util.Optional;

/** Puts the messages of a stored prompt into a request for content. Pure. */
final class PromptPlaces {
  private PromptPlaces() {}

  static byte[] put(PromptBody request, ExpandedPrompt prompt) {
    Optional<String> system = PromptBody.text(prompt, Role.SYSTEM);
    if (system.isPresent()) {
      String name =
          request.get("system_instruction").isPresent()
              ? "system_instruction"
              : "systemInstruction";
      request.put(
          name,
          PromptBody.at(request.get(name)).prepend("parts", List.of(part(system.get()))).bytes());
    }
    List<byte[]> others = PromptBody.withoutSystem(prompt, PromptPlaces::content);
    return (others.isEmpty() ? request : request.prepend("contents", others)).bytes();
  }

  private static byte[] content(Message message) {
    return new JsonWriter()
        .beginObject()
        .member("role", message.role() == Role.ASSISTANT ? "model" : "user")
        .name("parts")
        .beginArray()
        .json(part(message.text()))
        .endArray()
        .endObject()
        .bytes();
  }

  private static byte[] part(String text) {
    return new JsonWriter().beginObject().member("text", text).endObject().bytes();
  }
}
