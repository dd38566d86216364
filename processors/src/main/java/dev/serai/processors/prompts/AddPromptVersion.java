package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;
import java.time.Instant;

/** Adds a version to a prompt, and moves a label to it if the request says so. Thread-safe. */
final class AddPromptVersion extends JsonStep {
  private final ManagedPrompts prompts;
  private final PromptRequests requests;

  AddPromptVersion(ManagedPrompts prompts, PromptRequests requests, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
    this.requests = requests;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    PromptRequests.Draft draft = requests.readDraft(request.body());
    draft.model().ifPresent(model -> KeyRights.requireCallable(caller, "model", model));
    Prompt known = prompts.find(caller, request);
    PromptVersion wanted =
        new PromptVersion(
            0, draft.content(), draft.comment(), Instant.EPOCH, ManagedPrompts.author(caller));
    PromptVersion made =
        prompts
            .store()
            .add(known.id(), wanted, draft.label())
            .orElseThrow(() -> PromptProblems.notFound(known.name()));
    Prompt grown = draft.label().map(label -> known.labelled(label, made.number())).orElse(known);
    return PromptJson.of(grown, made);
  }
}
