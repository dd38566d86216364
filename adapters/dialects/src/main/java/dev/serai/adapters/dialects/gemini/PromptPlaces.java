package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptTemplate.Message;
import dev.serai.core.prompt.template.PromptTemplate.Role;
import java.util.List;
import java.util.Optional;

/** Puts the messages of a stored prompt into a request for content. Pure. */
final class PromptPlaces {
  private static final String CONTENTS = "contents";

  /** The members with a whole request, in requests that count its tokens. */
  private static final List<String> WHOLE =
      List.of("generateContentRequest", "generate_content_request");

  private PromptPlaces() {}

  /**
   * The body of the request.
   *
   * @throws dev.serai.core.problem.CallerProblem 400 if it has its contents in two places
   */
  static byte[] put(PromptBody request, ExpandedPrompt prompt) {
    Optional<String> whole = WHOLE.stream().filter(one -> request.get(one).isPresent()).findFirst();
    if (whole.isEmpty()) {
      return putHere(request, prompt);
    }
    String name = whole.get();
    if (request.get(CONTENTS).isPresent()) {
      throw CallerProblem.invalid(
          name,
          "A request with a stored prompt has '" + CONTENTS + "' or '" + name + "', not both.");
    }
    byte[] inner = request.inside(name).bytes();
    byte[] made = PromptBody.changed(inner, one -> putHere(one, prompt));
    return request.put(name, made).bytes();
  }

  private static byte[] putHere(PromptBody request, ExpandedPrompt prompt) {
    Optional<String> system = PromptBody.text(prompt, Role.SYSTEM);
    if (system.isPresent()) {
      String name =
          request.get("system_instruction").isPresent()
              ? "system_instruction"
              : "systemInstruction";
      request.put(name, request.inside(name).prepend("parts", List.of(part(system.get()))).bytes());
    }
    List<byte[]> others = PromptBody.withoutSystem(prompt, PromptPlaces::content);
    return (others.isEmpty() ? request : request.prepend(CONTENTS, others)).bytes();
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
