package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Deletes a prompt without labels, with all its versions. Thread-safe. */
final class DeletePrompt extends JsonStep {
  private final ManagedPrompts prompts;

  DeletePrompt(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Prompt known = prompts.find(caller, request);
    if (!prompts.store().delete(known.id())) {
      throw PromptProblems.notFound(known.name());
    }
    return deleted(known.id());
  }
}
