package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.processors.management.JsonStep;
import dev.serai.processors.management.KeyRights;
import dev.serai.processors.support.EventLoops;
import java.time.Instant;
import java.util.TreeMap;

/** Stores a prompt, which has no version yet. Thread-safe. */
final class CreatePrompt extends JsonStep {
  private final ManagedPrompts prompts;
  private final PromptRequests requests;

  CreatePrompt(ManagedPrompts prompts, PromptRequests requests, EventLoops loops) {
    super(loops);
    this.prompts = prompts;
    this.requests = requests;
  }

  @Override
  protected byte[] reply(Caller caller, InboundRequest request) {
    PromptRequests.Facts wanted = requests.readNew(request.body());
    String tenant = wanted.tenant().orElse(caller.tenant());
    KeyRights.requireSeen(caller, tenant);
    String name =
        wanted.name().orElseThrow(() -> CallerProblem.invalid("name", "'name' is required."));
    return PromptJson.of(
        prompts
            .store()
            .create(
                new Prompt(
                    "",
                    tenant,
                    name,
                    wanted.description().orElse(""),
                    false,
                    0,
                    new TreeMap<>(),
                    Instant.EPOCH,
                    ManagedPrompts.author(caller))));
  }
}
