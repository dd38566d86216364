package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/**
 * Changes the description of a prompt, or puts it into the archive or takes it out. Thread-safe.
 */
final class ChangePrompt extends JsonStep {
  private final ManagedPrompts prompts;
  private final PromptRequests requests;

  ChangePrompt(ManagedPrompts prompts, PromptRequests requests, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
    this.requests = requests;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    PromptRequests.Facts changes = requests.readChange(request.body());
    Prompt known = prompts.find(caller, request);
    return PromptJson.of(
        prompts
            .store()
            .change(
                known.id(),
                former ->
                    former.described(
                        changes.description().orElse(former.description()),
                        changes.archived().orElse(former.archived())))
            .orElseThrow(() -> PromptProblems.notFound(known.name())));
  }
}
