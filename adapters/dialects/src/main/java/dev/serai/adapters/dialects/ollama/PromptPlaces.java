package dev.serai.adapters.dialects.ollama;

import dev.serai.adapters.dialects.json.StrictJson;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptTemplate.Role;

/** Puts the messages of a stored prompt into a request for a completion, as texts. Pure. */
final class PromptPlaces {
  private PromptPlaces() {}

  /**
   * The body of the request.
   *
   * @throws CallerProblem 400 if the prompt has a message of the assistant
   */
  static byte[] put(PromptBody request, ExpandedPrompt prompt) {
    if (PromptBody.text(prompt, Role.ASSISTANT).isPresent()) {
      throw CallerProblem.invalid(
          "serai.prompt",
          "The prompt '"
              + prompt.name()
              + "' has a message of the assistant, which only chats"
              + " have: use /api/chat.");
    }
    before(request, "system", PromptBody.text(prompt, Role.SYSTEM).orElse(""));
    before(request, "prompt", PromptBody.text(prompt, Role.USER).orElse(""));
    return request.bytes();
  }

  private static void before(PromptBody request, String member, String text) {
    String own = request.get(member).map(json -> StrictJson.tree(json).asText("")).orElse("");
    if (!text.isEmpty()) {
      request.put(member, JsonWriter.quoted(own.isEmpty() ? text : text + "\n\n" + own));
    }
  }
}
