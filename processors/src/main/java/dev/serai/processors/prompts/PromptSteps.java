package dev.serai.processors.prompts;

import dev.serai.core.prompt.PromptRequests;
import dev.serai.core.prompt.PromptStore;
import dev.serai.processors.support.EventLoops;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Processor;

/** Makes the steps that manage prompts. Immutable; the steps are thread-safe. */
public final class PromptSteps {
  private PromptSteps() {}

  /** The steps by the name that routes use. */
  public static Map<String, Processor> of(
      PromptStore store, PromptRequests requests, EventLoops loops) {
    ManagedPrompts managed = new ManagedPrompts(store);
    Map<String, Processor> steps = new HashMap<>();
    steps.put("list-prompts", new ListPrompts(managed, loops));
    steps.put("create-prompt", new CreatePrompt(managed, requests, loops));
    steps.put("show-prompt", new ShowPrompt(managed, loops));
    steps.put("change-prompt", new ChangePrompt(managed, requests, loops));
    steps.put("delete-prompt", new DeletePrompt(managed, loops));
    steps.put("diff-prompt-versions", new DiffPromptVersions(managed, requests, loops));
    steps.put("list-prompt-versions", new ListPromptVersions(managed, loops));
    steps.put("add-prompt-version", new AddPromptVersion(managed, requests, loops));
    steps.put("show-prompt-version", new ShowPromptVersion(managed, loops));
    steps.put("delete-prompt-version", new DeletePromptVersion(managed, loops));
    steps.put("show-prompt-label", new ShowPromptLabel(managed, loops));
    steps.put("move-prompt-label", new MovePromptLabel(managed, requests, loops));
    steps.put("delete-prompt-label", new DeletePromptLabel(managed, loops));
    return steps;
  }
}
