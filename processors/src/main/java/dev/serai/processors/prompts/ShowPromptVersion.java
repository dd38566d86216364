package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Shows the version of a prompt of a number, or to which a label points. Thread-safe. */
final class ShowPromptVersion extends JsonStep {
  private final ManagedPrompts prompts;

  ShowPromptVersion(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    Prompt known = prompts.find(caller, request);
    return PromptJson.of(known, prompts.version(known, request));
  }
}
