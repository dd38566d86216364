package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.support.EventLoops;

/** Deletes a version to which no label points. Thread-safe. */
final class DeletePromptVersion extends JsonStep {
  private final ManagedPrompts prompts;

  DeletePromptVersion(ManagedPrompts prompts, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    int number = ManagedPrompts.number(request);
    Prompt known = prompts.find(caller, request);
    if (!prompts.store().deleteVersion(known.id(), number)) {
      throw PromptProblems.noVersion(known.name(), Integer.toString(number));
    }
    return deleted(known.name() + "@" + number);
  }
}
