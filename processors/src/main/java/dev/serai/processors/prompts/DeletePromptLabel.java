package dev.serai.processors.prompts;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.processors.support.EventLoops;

/** Removes a label, if it points to the version that the request expects. Thread-safe. */
final class DeletePromptLabel extends LabelStep {
  DeletePromptLabel(ManagedPrompts prompts, EventLoops loops) {
    super(prompts, loops);
  }

  @Override
  Prompt done(Prompt known, String label, InboundRequest request) {
    return changed(
        known,
        label,
        request,
        former -> {
          if (!former.labels().containsKey(label)) {
            throw PromptProblems.noLabel(former.name(), label);
          }
          return former.unlabelled(label);
        });
  }
}
