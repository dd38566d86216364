package dev.serai.processors.prompts;

import dev.serai.core.http.InboundRequest;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.processors.support.EventLoops;

/** Shows to which version a label points. Thread-safe. */
final class ShowPromptLabel extends LabelStep {
  ShowPromptLabel(ManagedPrompts prompts, EventLoops loops) {
    super(prompts, loops);
  }

  @Override
  Prompt done(Prompt known, String label, InboundRequest request) {
    if (!known.labels().containsKey(label)) {
      throw PromptProblems.noLabel(known.name(), label);
    }
    return known;
  }
}
