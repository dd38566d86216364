package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Shows a prompt with its labels. Thread-safe. */
final class ShowPrompt extends JsonStep {
  private final ManagedPrompts prompts;

  ShowPrompt(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    return PromptJson.of(prompts.find(caller, request));
  }
}
