package dev.serai.processors.prompts;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.model.Persona;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.request.CallLabels;
import dev.serai.core.surface.Surface;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts a stored prompt into the request that names it, before anything else sees the request.
 * Thread-safe; never blocks.
 */
public final class PromptExpansion {
  private static final String TAG = "prompt:";
  private static final String VARIABLES = "prompt.variables";

  private final PromptSnapshot prompts;
  private final Function<String, Optional<Persona>> personas;

  /**
   * @param personas the prompt of a model name; empty for most names
   */
  public PromptExpansion(PromptSnapshot prompts, Function<String, Optional<Persona>> personas) {
    this.prompts = prompts;
    this.personas = personas;
  }

  /** The prompt that calls for a model name get, without variables. */
  public Optional<PromptReference> ofModel(String model) {
    return personas
        .apply(model)
        .map(
            _ ->
                new PromptReference(
                    "", model, Optional.empty(), OptionalInt.empty(), Map.of(), VARIABLES));
  }

  /**
   * The prompt of the persona that an experiment has chosen instead of another one, with the values
   * of the request; empty if none was chosen.
   */
  public Optional<PromptReference> ofVariant(PromptReference asked, String planned) {
    return !asked.name().isEmpty() || planned.equals(asked.model())
        ? Optional.empty()
        : ofModel(planned).map(_ -> asked.of(planned));
  }

  /**
   * The prompt that a request names, or that its model has.
   *
   * @throws CallerProblem 404 if there is no such prompt, 400 if its variables are wrong
   */
  public ExpandedPrompt find(PromptReference reference, Caller caller) {
    Optional<Persona> persona = personas.apply(reference.model());
    if (persona.isPresent()) {
      return ofPersona(persona.get(), reference, caller);
    }
    if (reference.name().isEmpty()) {
      throw CallerProblem.invalid("prompt.name", "'prompt' needs the 'name' of a stored prompt.");
    }
    return prompts.expand(caller.tenant(), reference);
  }

  /** What a persona says is the operator's choice: callers give variables only. */
  private ExpandedPrompt ofPersona(Persona persona, PromptReference asked, Caller caller) {
    if (!asked.name().isEmpty() || asked.label().isPresent() || asked.version().isPresent()) {
      throw CallerProblem.invalid(
          "prompt",
          "The model '"
              + asked.model()
              + "' has its own prompt; 'prompt' may have 'variables' only.");
    }
    return prompts.expand(
        persona.tenant().orElse(caller.tenant()),
        new PromptReference(
            persona.prompt(),
            asked.model(),
            persona.label(),
            OptionalInt.empty(),
            asked.variables(),
            asked.member()));
  }

  /** The request with the prompt in it. */
  public static InboundRequest with(
      ExpandedPrompt prompt, InboundRequest inbound, Surface surface) {
    byte[] body = surface.withPrompt(inbound.body(), prompt);
    return inbound.with(surface.withDefaults(body, prompt.terms().parameters()));
  }

  /** Records with which prompt a call is made: in its reply, its span and its tags. */
  public static void record(ExpandedPrompt prompt, Call call) {
    call.lifecycle().recordPrompt(prompt.label());
    Caller caller = call.caller();
    Set<String> tags = new HashSet<>(caller.tags());
    tags.add(TAG + prompt.label());
    call.setCaller(caller.labelled(new CallLabels(caller.session(), caller.taskType(), tags)));
  }
}
