package dev.serai.processors.prompts;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.processors.support.EventLoops;

/**
 * Lets a label point to a version, if it points to the one that the request expects. Thread-safe.
 */
final class MovePromptLabel extends LabelStep {
  private final PromptRequests requests;

  MovePromptLabel(ManagedPrompts prompts, PromptRequests requests, EventLoops loops) {
    super(prompts, loops);
    this.requests = requests;
  }

  @Override
  Prompt done(Prompt known, String label, InboundRequest request) {
    int version = requests.readTarget(request.body());
    return changed(known, label, request, former -> former.labelled(label, version));
  }
}
